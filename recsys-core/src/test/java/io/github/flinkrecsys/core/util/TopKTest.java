/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopKTest {
  private static final float[] FEW_SCORES = {
    Float.NEGATIVE_INFINITY, -1f, -0f, 0f, 0.5f, Float.POSITIVE_INFINITY
  };

  private record Pair(int item, float score) {}

  @Test
  void equalsThePrefixOfAFullSortWhateverTheOrder() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      boolean higherItemFirst = random.nextBoolean();
      Comparator<Integer> byItem =
          higherItemFirst ? Comparator.reverseOrder() : Comparator.naturalOrder();
      Comparator<Pair> byScore = TopKTest::compareScores;
      Comparator<Pair> order = byScore.thenComparing(Pair::item, byItem);
      int k = 1 + random.nextInt(20);
      TopK topK = higherItemFirst ? new TopK(k, (a, b) -> Integer.compare(b, a)) : new TopK(k);

      for (int round = 0; round < 3; round++) {
        List<Pair> pairs = randomPairs(random);
        List<Pair> offered = new ArrayList<>();
        for (Pair pair : pairs) {
          float threshold = topK.threshold();
          topK.offer(pair.item, pair.score);
          offered.add(pair);
          List<Pair> best = best(offered, k, order);
          if (pair.score < threshold) {
            assertThat(best).as("seed %d", seed).doesNotContain(pair);
          }
          assertThat(topK.size()).as("seed %d", seed).isEqualTo(best.size());
          assertThat(topK.threshold())
              .as("seed %d", seed)
              .isLessThanOrEqualTo(
                  best.size() < k ? Float.NEGATIVE_INFINITY : best.get(k - 1).score() + 0f);
        }
        List<Pair> expected = withOneZero(best(pairs, k, order));
        if (round == 0) {
          assertThat(drain(topK)).as("seed %d", seed).isEqualTo(expected);
        } else {
          assertThat(drainUnordered(topK))
              .as("seed %d", seed)
              .containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(topK.size()).as("seed %d", seed).isZero();
      }
    }
  }

  private static List<Pair> withOneZero(List<Pair> pairs) {
    return pairs.stream().map(pair -> new Pair(pair.item, pair.score + 0f)).toList();
  }

  @Test
  void asksTheTieBreakerAboutEqualScoresOnly() {
    for (long seed = 0; seed < 500; seed++) {
      long finalSeed = seed;
      List<Pair> pairs = randomPairs(new Random(seed));
      float[] scoreOf = new float[pairs.size()];
      pairs.forEach(pair -> scoreOf[pair.item] = pair.score);
      TopK topK =
          new TopK(
              5,
              (a, b) -> {
                assertThat(scoreOf[a] == scoreOf[b]).as("seed %d", finalSeed).isTrue();
                return Integer.compare(a, b);
              });
      pairs.forEach(pair -> topK.offer(pair.item, pair.score));
      drain(topK);
    }
  }

  @Test
  void infiniteScoresRankAtTheEnds() {
    TopK topK = new TopK(3);
    topK.offer(1, Float.NEGATIVE_INFINITY);
    topK.offer(2, 0f);
    topK.offer(3, Float.POSITIVE_INFINITY);
    assertThat(topK.threshold()).isEqualTo(Float.NEGATIVE_INFINITY);
    topK.offer(4, Float.NEGATIVE_INFINITY);
    topK.offer(0, Float.NEGATIVE_INFINITY);
    assertThat(drain(topK))
        .containsExactly(
            new Pair(3, Float.POSITIVE_INFINITY),
            new Pair(2, 0f),
            new Pair(0, Float.NEGATIVE_INFINITY));
  }

  @Test
  void nanThrowsAndChangesNothing() {
    TopK topK = new TopK(1);
    assertThatThrownBy(() -> topK.offer(7, Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("score must be a number, got NaN for item 7");
    assertThat(topK.size()).isZero();
    topK.offer(1, 1f);
    assertThatThrownBy(() -> topK.offer(7, Float.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThat(drain(topK)).containsExactly(new Pair(1, 1f));
  }

  @Test
  void clearForgetsPairsAndThreshold() {
    TopK topK = new TopK(2);
    for (int item = 1; item <= 100; item++) {
      topK.offer(item, 5f);
    }
    assertThat(topK.threshold()).isEqualTo(5f);
    topK.clear();
    assertThat(topK.size()).isZero();
    assertThat(topK.threshold()).isEqualTo(Float.NEGATIVE_INFINITY);
    topK.offer(3, 1f);
    assertThat(drain(topK)).containsExactly(new Pair(3, 1f));
  }

  @Test
  void drainingIntoTooShortArraysThrowsAndMovesNothing() {
    TopK topK = new TopK(2);
    topK.offer(1, 5f);
    topK.offer(2, 6f);
    assertThatThrownBy(() -> topK.drainTo(new int[1], new float[2]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> topK.drainUnorderedTo(new int[1], new float[2]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> topK.drainTo(new int[2], new float[1]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(drain(topK)).containsExactly(new Pair(2, 6f), new Pair(1, 5f));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesToKeepNothing(int k) {
    assertThatThrownBy(() -> new TopK(k))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k must be positive, got " + k);
  }

  @Test
  void refusesToDoWithoutATieBreaker() {
    assertThatThrownBy(() -> new TopK(1, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tie must be given, got null");
  }

  /** Items in random order, half of the lists with many equal scores. */
  private static List<Pair> randomPairs(Random random) {
    boolean fewScores = random.nextBoolean();
    List<Pair> pairs = new ArrayList<>();
    IntStream.range(0, random.nextInt(60))
        .forEach(
            item ->
                pairs.add(
                    new Pair(
                        item,
                        fewScores
                            ? FEW_SCORES[random.nextInt(FEW_SCORES.length)]
                            : random.nextFloat())));
    Collections.shuffle(pairs, random);
    return pairs;
  }

  /** Higher first; unlike {@code Float.compare}, 0 and -0 are equal. */
  private static int compareScores(Pair a, Pair b) {
    return a.score == b.score ? 0 : a.score > b.score ? -1 : 1;
  }

  private static List<Pair> best(List<Pair> pairs, int k, Comparator<Pair> order) {
    return pairs.stream().sorted(order).limit(k).toList();
  }

  private static List<Pair> drain(TopK topK) {
    return drain(topK, topK::drainTo);
  }

  private static List<Pair> drainUnordered(TopK topK) {
    return drain(topK, topK::drainUnorderedTo);
  }

  private static List<Pair> drain(TopK topK, BiFunction<int[], float[], Integer> way) {
    int[] items = new int[topK.size() + 1];
    float[] scores = new float[topK.size() + 1];
    int size = way.apply(items, scores);
    assertThat(items[size]).isZero();
    return IntStream.range(0, size).mapToObj(i -> new Pair(items[i], scores[i])).toList();
  }
}
