/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopKTest {
  @Test
  void selectsAsAFullSortDoes() {
    TopK reused = new TopK(7);
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int count = random.nextInt(60);
      // Few distinct scores, so that many are equal.
      float[] scores = new float[count];
      for (int i = 0; i < count; i++) {
        scores[i] = random.nextInt(6) - 2;
      }
      Integer[] arrival = IntStream.range(0, count).boxed().toArray(Integer[]::new);
      Collections.shuffle(Arrays.asList(arrival), random);
      for (int item : arrival) {
        assertThat(scores[item] >= reused.threshold() || !reused.offer(item, scores[item]))
            .as("seed %d", seed)
            .isTrue();
        if (scores[item] >= reused.threshold()) {
          reused.offer(item, scores[item]);
        }
      }
      int[] items = new int[7];
      float[] drained = new float[7];
      int size = reused.drainTo(items, drained);
      int[] expected =
          IntStream.range(0, count)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Integer i) -> -scores[i])
                      .thenComparing(Comparator.naturalOrder()))
              .mapToInt(i -> i)
              .limit(7)
              .toArray();
      assertThat(Arrays.copyOf(items, size)).as("seed %d", seed).isEqualTo(expected);
      for (int rank = 0; rank < size; rank++) {
        assertThat(drained[rank]).isEqualTo(scores[items[rank]]);
      }
      assertThat(reused.size()).isZero();
    }
  }

  @Test
  void tiesAreBrokenAsAsked() {
    TopK highestFirst = new TopK(2, (a, b) -> Integer.compare(b, a));
    for (int item = 0; item < 5; item++) {
      highestFirst.offer(item, 1);
    }
    int[] items = new int[2];
    highestFirst.drainTo(items, new float[2]);
    assertThat(items).containsExactly(4, 3);
  }

  @Test
  void thresholdIsTheWorstKeptScoreOnceFull() {
    TopK top = new TopK(2);
    assertThat(top.threshold()).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(top.offer(1, Float.NEGATIVE_INFINITY)).isTrue();
    assertThat(top.offer(2, Float.POSITIVE_INFINITY)).isTrue();
    assertThat(top.threshold()).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(top.offer(3, 5)).isTrue();
    assertThat(top.threshold()).isEqualTo(5);
    assertThat(top.offer(4, 4)).isFalse();
    top.clear();
    assertThat(top.size()).isZero();
  }

  @Test
  void notANumberIsRefused() {
    assertThatThrownBy(() -> new TopK(1).offer(1, Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("score must be a number, got NaN");
    assertThatThrownBy(() -> new TopK(0)).hasMessage("k must be positive, got 0");
  }
}
