/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.ItemMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopStreamTest {
  private static final ShopStreamConfig DEFAULTS = ShopStreamConfig.builder().build();
  private static final List<Interaction> EVENTS = all(new ShopStream(DEFAULTS));

  private static List<Interaction> all(ShopStream stream) {
    List<Interaction> events = new ArrayList<>();
    stream.forEachRemaining(events::add);
    return events;
  }

  @Test
  void sameSeedSameStream() {
    assertThat(all(new ShopStream(DEFAULTS))).isEqualTo(EVENTS);
    var other = new ShopStream(ShopStreamConfig.builder().seed(43).events(100).build());
    assertThat(all(other)).isNotEqualTo(EVENTS.subList(0, 100));
  }

  @Test
  void theFirstEventsNeverChange() {
    assertThat(EVENTS.subList(0, 3))
        .containsExactly(
            new Interaction("u03030", "i1190", "click", 1, 1767225600000L),
            new Interaction("u03750", "i0813", "click", 1, 1767225608747L),
            new Interaction("u00996", "i1934", "view", 1, 1767225618372L));
  }

  @Test
  void eventsAreValidAndInTimeOrderAtTheConfiguredRate() {
    assertThat(EVENTS).hasSize(200_000).allMatch(e -> Interactions.violation(e) == null);
    assertThat(EVENTS).isSortedAccordingTo(Comparator.comparing(Interaction::timestampMillis));
    long start = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    long span = EVENTS.get(EVENTS.size() - 1).timestampMillis() - start;
    assertThat(EVENTS.get(0).timestampMillis()).isBetween(start, start + 60_000);
    assertThat(200_000_000.0 / span).isBetween(0.9, 1.1);
  }

  @Test
  void typesFormAFunnel() {
    Map<String, Double> share =
        EVENTS.stream()
            .collect(Collectors.groupingBy(Interaction::type, Collectors.summingDouble(e -> 5e-6)));
    assertThat(share).containsOnlyKeys("view", "click", "cart", "purchase");
    assertThat(share.get("view")).isBetween(0.45, 0.6);
    assertThat(share.get("click")).isBetween(0.3, 0.4);
    assertThat(share.get("cart")).isBetween(0.07, 0.13);
    assertThat(share.get("purchase")).isBetween(0.03, 0.06);
  }

  @Test
  void mostItemsAreNewToTheirUserAndSomeAreRepeats() {
    Set<String> pairs = new HashSet<>();
    EVENTS.forEach(e -> pairs.add(e.userId() + " " + e.itemId()));
    assertThat(pairs.size() / 200_000.0).isBetween(0.6, 0.9);
  }

  @Test
  void sessionsOfManyUsersAreInterleaved() {
    int switches = 0;
    for (int i = 1; i < EVENTS.size(); i++) {
      switches += EVENTS.get(i).userId().equals(EVENTS.get(i - 1).userId()) ? 0 : 1;
    }
    assertThat(switches).isGreaterThan(180_000);
  }

  @Test
  void itemPopularityAndUserActivityAreSkewed() {
    List<Long> items = sortedCounts(EVENTS.stream().map(Interaction::itemId).toList());
    List<Long> users = sortedCounts(EVENTS.stream().map(Interaction::userId).toList());
    assertThat(shareOfTopTenth(items)).isBetween(0.3, 0.7);
    assertThat(shareOfTopTenth(users)).isBetween(0.2, 0.6);
    assertThat(items.size()).isGreaterThan(2_200);
    // Zipf: the logarithm of the count falls about linearly with that of the rank.
    double slope = Math.log((double) items.get(19) / items.get(999)) / Math.log(1000.0 / 20);
    assertThat(slope).isBetween(0.5, 1.2);
  }

  private static List<Long> sortedCounts(List<String> ids) {
    return ids.stream()
        .collect(Collectors.groupingBy(id -> id, Collectors.counting()))
        .values()
        .stream()
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static double shareOfTopTenth(List<Long> sorted) {
    return sorted.stream().limit(sorted.size() / 10).mapToLong(c -> c).sum() / 200_000.0;
  }

  @Test
  void newItemsAppearInTheirTimeAndAreFound() {
    Map<String, Long> appears =
        new ShopStream(DEFAULTS)
            .metadata().stream()
                .collect(Collectors.toMap(ItemMetadata::itemId, ItemMetadata::timestampMillis));
    assertThat(EVENTS).allMatch(e -> e.timestampMillis() >= appears.get(e.itemId()));
    long start = DEFAULTS.start().toEpochMilli();
    Set<String> found = new HashSet<>();
    EVENTS.stream()
        .filter(e -> appears.get(e.itemId()) > start)
        .forEach(e -> found.add(e.itemId()));
    assertThat(found).hasSizeBetween(380, 400);
  }

  @Test
  void popularityDrifts() {
    Set<String> early = topItems(EVENTS.subList(0, 50_000));
    Set<String> late = topItems(EVENTS.subList(150_000, 200_000));
    Set<String> stayed = new HashSet<>(early);
    stayed.retainAll(late);
    assertThat(stayed).hasSizeBetween(5, 80);
  }

  private static Set<String> topItems(List<Interaction> events) {
    return events.stream()
        .collect(Collectors.groupingBy(Interaction::itemId, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(100)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  @Test
  void itemsHaveTitlesAndCategories() {
    ShopStream stream = new ShopStream(DEFAULTS);
    assertThat(stream.metadata())
        .hasSize(stream.itemCount())
        .allMatch(m -> Interactions.violation(m) == null)
        .allMatch(m -> m.attributes().get("title").matches("[A-Z][a-z]+ [a-z]+ \\d{4}"))
        .allMatch(m -> m.attributes().get("title").startsWith(m.attributes().get("category")))
        .allMatch(m -> m.features().get("price") >= 5);
    assertThat(stream.metadata(7)).isEqualTo(stream.metadata().get(7));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stream.metadata(2400))
        .withMessage("item must be between 0 and 2399, got 2400");
  }

  @Test
  void itIsLearnableButNotByPopularityAlone() {
    Recall recall = new Recall(EVENTS, DEFAULTS.items() + DEFAULTS.newItems());
    assertThat(recall.popularity()).as("%s", recall).isBetween(0.01, 0.15);
    assertThat(recall.neighbours())
        .as("%s", recall)
        .isGreaterThan(1.3 * recall.popularity())
        .isLessThan(0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0, 1",
    "1, 1, 3, 1000",
    "3, 2, 0, 1000",
    "50, 5, 5, 0.001",
    "10, 5000, 0, 1e6"
  })
  void anyShopProducesItsEvents(int users, int items, int newItems, double rate) {
    var config =
        ShopStreamConfig.builder()
            .users(users)
            .items(items)
            .newItems(newItems)
            .events(3_000)
            .eventsPerSecond(rate);
    ShopStream stream = new ShopStream(config.build());
    List<Interaction> events = all(stream);
    assertThat(events).hasSize(3_000);
    assertThat(events).isSortedAccordingTo(Comparator.comparing(Interaction::timestampMillis));
    assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void configsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShopStreamConfig.builder().users(0).build())
        .withMessage("users must be between 1 and 10000000, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShopStreamConfig.builder().eventsPerSecond(Double.NaN).build())
        .withMessage("eventsPerSecond must be in (1.0E-6, 1000000.0], got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShopStreamConfig.builder().events(Long.MAX_VALUE).build())
        .withMessage("events / eventsPerSecond must be at most 1e11, got 9.223372036854776E18");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShopStream(null))
        .withMessage("config must be given, got null");
  }

  /** Test-then-train recall@10 of two plain recommenders, among items new to the user. */
  private static final class Recall {
    private static final int K = 10;
    private static final int RECENT = 5;

    private final int[] counts;
    private final int[][] together;
    private final Map<String, Set<Integer>> seen = new HashMap<>();
    private final Map<String, List<Integer>> recent = new HashMap<>();
    private int asked;
    private int popularityHits;
    private int neighbourHits;

    Recall(List<Interaction> events, int items) {
      counts = new int[items];
      together = new int[items][items];
      for (int i = 0; i < events.size(); i++) {
        Interaction event = events.get(i);
        int item = Integer.parseInt(event.itemId().substring(1));
        Set<Integer> known = seen.computeIfAbsent(event.userId(), u -> new HashSet<>());
        List<Integer> last = recent.computeIfAbsent(event.userId(), u -> new ArrayList<>());
        boolean isNew = !known.contains(item);
        if (isNew && !known.isEmpty() && i % 4 == 0) {
          ask(item, known, last);
        }
        learn(item, known, last);
      }
    }

    private void ask(int item, Set<Integer> known, List<Integer> last) {
      asked++;
      double[] popular = new double[counts.length];
      double[] near = new double[counts.length];
      for (int i = 0; i < counts.length; i++) {
        popular[i] = counts[i];
        for (int other : last) {
          near[i] += together[other][i] / Math.sqrt(1.0 + counts[i]);
        }
      }
      popularityHits += isInTop(item, popular, known) ? 1 : 0;
      neighbourHits += isInTop(item, near, known) ? 1 : 0;
    }

    private static boolean isInTop(int item, double[] scores, Set<Integer> known) {
      int better = 0;
      for (int i = 0; i < scores.length && better < K; i++) {
        boolean beats = scores[i] > scores[item] || (scores[i] == scores[item] && i < item);
        better += beats && !known.contains(i) ? 1 : 0;
      }
      return better < K;
    }

    private void learn(int item, Set<Integer> known, List<Integer> last) {
      counts[item]++;
      known.add(item);
      if (last.contains(item)) {
        return;
      }
      for (int other : last) {
        together[other][item]++;
        together[item][other]++;
      }
      last.add(item);
      if (last.size() > RECENT) {
        last.remove(0);
      }
    }

    double popularity() {
      return (double) popularityHits / asked;
    }

    double neighbours() {
      return (double) neighbourHits / asked;
    }

    @Override
    public String toString() {
      return "recall@10 of "
          + asked
          + " events: popularity "
          + popularity()
          + ", neighbours "
          + neighbours();
    }
  }
}
