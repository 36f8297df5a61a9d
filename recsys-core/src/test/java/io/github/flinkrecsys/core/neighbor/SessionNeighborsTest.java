/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig.PositionDecay;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig.Repeats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SessionNeighborsTest {
  private static SessionIndex index(IndexedSession... sessions) {
    SessionIndex index = new SessionIndex(SessionIndexConfig.defaults());
    Arrays.stream(sessions).forEach(index::add);
    return index;
  }

  private static IndexedSession session(String id, long end, String... items) {
    return IndexedSession.of(id, items, end);
  }

  @Test
  void vmisKnnByHand() {
    SessionIndex index =
        index(session("1", 1, "a", "b", "c"), session("2", 2, "b", "d"), session("3", 3, "x"));
    SessionNeighbors plain = new SessionNeighbors(index, SessionNeighborConfig.vmisKnn().build());
    // Weights: b 1, a 0.9. Session 1: similarity 1.9, every item times 1. Session 2: 1, times 1.
    assertThat(plain.nextItems(List.of("a", "b"), 3, 3))
        .satisfiesExactly(
            first -> assertNext(first, "b", 2.9, "b"),
            second -> assertNext(second, "a", 1.9, "b"),
            third -> assertNext(third, "c", 1.9, "b"));
  }

  @Test
  void placesNearTheMatchCountMoreAndThoseBeforeItLess() {
    SessionIndex index = index(session("1", 1, "p", "a", "b", "c"));
    SessionNeighborConfig config =
        SessionNeighborConfig.vmisKnn()
            .proximityScale(1 / Math.log(2))
            .precedingWeight(0.25)
            .repeats(Repeats.NONE)
            .build();
    assertThat(new SessionNeighbors(index, config).nextItems(List.of("a"), 9, 1))
        .satisfiesExactly(
            first -> assertNext(first, "b", 1, "a"),
            second -> assertNext(second, "c", 0.5, "a"),
            third -> assertNext(third, "p", 0.25, "a"));
  }

  @Test
  void theSecondHopFillsUpBelowTheFirst() {
    SessionIndex index = index(session("1", 1, "a", "b"), session("2", 2, "b", "c"));
    SessionNeighborConfig.Builder config = SessionNeighborConfig.builder();
    assertThat(ids(index, config.repeats(Repeats.ALL), "a")).containsExactly("a", "b", "c");
    assertThat(ids(index, config.repeats(Repeats.EARLIER), "a")).containsExactly("b", "c");
    assertThat(ids(index, config.repeats(Repeats.EARLIER), "a", "b")).containsExactly("a", "c");
    assertThat(ids(index, config.repeats(Repeats.NONE), "a", "b")).containsExactly("c");
    assertThat(ids(index, config.secondHop(0), "a")).containsExactly("b");
    assertThat(ids(index, config, "unknown")).isEmpty();
    assertThat(ids(index, config)).isEmpty();
    assertThatThrownBy(
            () -> new SessionNeighbors(index, config.build()).nextItems(List.of("a"), 0, 0))
        .hasMessage("count must be positive, got 0");
  }

  @Test
  void sessionsThatEndLaterAreNotHeard() {
    SessionIndex index = index(session("1", 5, "a", "b"), session("2", 7, "b", "c", "a"));
    SessionNeighbors neighbors =
        new SessionNeighbors(index, SessionNeighborConfig.builder().repeats(Repeats.NONE).build());
    assertThat(neighbors.nextItems(List.of("a"), 9, 9, 7))
        .extracting(NextItem::itemId)
        .containsExactlyInAnyOrder("b", "c");
    assertThat(neighbors.nextItems(List.of("a"), 9, 9, 6))
        .extracting(NextItem::itemId)
        .as("nor by the second hop")
        .containsExactly("b");
    assertThat(neighbors.nextItems(List.of("a"), 9, 4)).isEmpty();
  }

  private static List<String> ids(
      SessionIndex index, SessionNeighborConfig.Builder config, String... live) {
    return new SessionNeighbors(index, config.build())
        .nextItems(List.of(live), 9, 9).stream().map(NextItem::itemId).toList();
  }

  private static void assertNext(NextItem next, String item, double score, String because) {
    assertThat(next.itemId()).isEqualTo(item);
    assertThat(next.score()).as(item).isCloseTo((float) score, within(1e-4f));
    assertThat(next.becauseItemId()).as(item).isEqualTo(because);
  }

  @Test
  void aPlainLoopOverAllSessionsGivesTheSameScores() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<IndexedSession> sessions = SessionIndexTest.randomSessions(random, 80, 25);
      SessionNeighborConfig config =
          SessionNeighborConfig.builder()
              .neighbors(1 + random.nextInt(100))
              .maxLiveItems(1 + random.nextInt(5))
              .positionDecay(PositionDecay.values()[random.nextInt(3)])
              .positionRate(random.nextDouble())
              .matchIdf(random.nextInt(2))
              .lengthExponent(0.5 * random.nextInt(2))
              .timeScale(Duration.ofMillis(random.nextInt(2) * 40))
              .ageRate(random.nextInt(2))
              .proximityScale(random.nextInt(3))
              .precedingWeight(random.nextDouble())
              .repeatWeight(random.nextDouble())
              .secondHop(0)
              .build();
      SessionIndex index = index(sessions.toArray(IndexedSession[]::new));
      SessionNeighbors neighbors = new SessionNeighbors(index, config);
      for (int query = 0; query < 5; query++) {
        List<String> live =
            List.of(SessionIndexTest.randomSessions(random, 1, 30).get(0).itemIds());
        Map<String, Double> expected = scores(sessions, config, live, 160);
        List<NextItem> actual = neighbors.nextItems(live, 1000, 160);
        assertThat(actual).as("seed %d", seed).hasSameSizeAs(expected.keySet());
        for (NextItem next : actual) {
          double score = expected.get(next.itemId());
          assertThat((double) next.score())
              .as("seed %d, item %s", seed, next.itemId())
              .isCloseTo(score, within(1e-4 * score));
          assertThat(live).contains(next.becauseItemId());
        }
        assertThat(actual)
            .as("seed %d", seed)
            .isSortedAccordingTo(Comparator.comparing(NextItem::score).reversed());
      }
    }
  }

  /** The definition in {@link SessionNeighborConfig}, word by word. */
  private static Map<String, Double> scores(
      List<IndexedSession> sessions, SessionNeighborConfig c, List<String> live, long now) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (int p = 0; p < Math.min(live.size(), c.maxLiveItems()); p++) {
      weights.putIfAbsent(
          live.get(live.size() - 1 - p), c.positionDecay().weight(p, c.positionRate()));
    }
    record Similar(IndexedSession session, double similarity) {}
    List<Similar> similar = new ArrayList<>();
    for (IndexedSession session : sessions) {
      // Floats, newest live item first, as the index does it: rounding must not choose neighbours.
      float sum = 0;
      for (String item : weights.keySet()) {
        if (List.of(session.itemIds()).contains(item)) {
          sum +=
              (float)
                  (weights.get(item).floatValue() * Math.pow(idf(sessions, item), c.matchIdf()));
        }
      }
      double similarity = sum * Math.pow(session.itemIds().length, -c.lengthExponent());
      long oldest = sessions.stream().mapToLong(IndexedSession::endMillis).min().getAsLong();
      double rate =
          (c.timeScale().isZero() ? 0 : 1.0 / c.timeScale().toMillis())
              + c.ageRate() / (now - oldest);
      similarity *= Math.exp(-rate * (now - session.endMillis()));
      if (sum > 0) {
        similar.add(new Similar(session, (float) similarity));
      }
    }
    similar.sort(
        Comparator.comparingDouble((Similar s) -> -s.similarity)
            .thenComparingLong(s -> -s.session.endMillis())
            .thenComparing(s -> s.session.idHash(), Comparator.reverseOrder()));
    Map<String, Double> scores = new HashMap<>();
    for (Similar s : similar.subList(0, Math.min(similar.size(), c.neighbors()))) {
      String[] items = s.session.itemIds();
      for (int place = 0; place < items.length; place++) {
        double g = c.repeatWeight() * weights.getOrDefault(items[place], 0.0);
        for (int match = 0; match < items.length; match++) {
          double w = weights.getOrDefault(items[match], 0.0);
          int distance = Math.abs(place - match);
          double near =
              c.proximityScale() == 0 ? w : w * Math.exp(-(distance - 1) / c.proximityScale());
          if (distance > 0) {
            g = Math.max(g, match < place ? near : c.precedingWeight() * near);
          }
        }
        double idf = Math.pow(idf(sessions, items[place]), c.itemIdf());
        scores.merge(
            items[place], g * idf * Math.pow(s.similarity, c.similarityExponent()), Double::sum);
      }
    }
    scores.values().removeIf(score -> score == 0);
    return scores;
  }

  private static double idf(List<IndexedSession> sessions, String item) {
    long holding = sessions.stream().filter(s -> Arrays.asList(s.itemIds()).contains(item)).count();
    return Math.log1p(sessions.size() / (1.0 + holding));
  }

  @Test
  void theAnswerDoesNotDependOnTheOrderOfArrival() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<IndexedSession> sessions = SessionIndexTest.randomSessions(random, 100, 25);
      List<String> live = List.of("i1", "i2", "i3");
      SessionNeighborConfig config = SessionNeighborConfig.builder().neighbors(10).build();
      SessionIndex one = index(sessions.toArray(IndexedSession[]::new));
      Collections.shuffle(sessions, random);
      SessionIndex other = index(sessions.toArray(IndexedSession[]::new));
      assertThat(new SessionNeighbors(other, config).nextItems(live, 20, 0))
          .as("seed %d", seed)
          .isEqualTo(new SessionNeighbors(one, config).nextItems(live, 20, 0));
    }
  }

  @Test
  void readersSeeWholeSessionsWhileTheIndexTurnsOver() throws Exception {
    SessionIndex index =
        new SessionIndex(SessionIndexConfig.builder().maxSessions(200).sessionsPerItem(20).build());
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> readers = new ArrayList<>();
    for (int r = 0; r < 3; r++) {
      Thread reader = new Thread(() -> read(index, done, failure));
      readers.add(reader);
      reader.start();
    }
    Random random = new Random(9);
    for (int n = 0; n < 30_000; n++) {
      // The three items of a session share a number, and only such sessions exist.
      int group = n / 100 + random.nextInt(10);
      index.add(session("s" + n, n, "a" + group, "b" + group, "c" + group));
    }
    done.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(failure.get()).isNull();
    assertThat(index.size()).isEqualTo(200);
  }

  private static void read(
      SessionIndex index, AtomicBoolean done, AtomicReference<Throwable> failure) {
    SessionNeighbors neighbors = new SessionNeighbors(index, SessionNeighborConfig.defaults());
    try {
      for (int group = 0; !done.get(); group = (group + 1) % 310) {
        List<String> found =
            neighbors.nextItems(List.of("a" + group), 5, 0).stream().map(NextItem::itemId).toList();
        if (!found.isEmpty()) {
          assertThat(found).containsExactlyInAnyOrder("a" + group, "b" + group, "c" + group);
        }
      }
    } catch (Throwable e) {
      failure.set(e);
    }
  }
}
