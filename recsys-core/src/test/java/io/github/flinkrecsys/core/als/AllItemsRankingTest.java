/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllItemsRankingTest {

  @Test
  void listsAreThoseOfAFullSort() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int items = random.nextBoolean() ? 5 : 2_500;
      int factors = 1 + random.nextInt(6);
      InteractionMatrix seen = seen(random, items);
      FactorModel model =
          new FactorModel(
              1,
              factors,
              seen.userIds(),
              wholeNumbers(random, 4, factors),
              seen.itemIds(),
              wholeNumbers(random, seen.itemIds().size(), factors));
      int[][] lists = new AllItemsRanking(model, seen).topItems(1, 4, 10);
      for (int u = 1; u < 4; u++) {
        assertThat(lists[u - 1]).as("seed %d, user %d", seed, u).isEqualTo(sorted(model, seen, u));
      }
    }
  }

  @Test
  void refusesInteractionsOfOthers() {
    FactorModel model =
        new FactorModel(1, 1, List.of("u"), new float[1][1], List.of("i"), new float[1][1]);
    InteractionMatrix others = InteractionMatrix.builder().add("u", "j").build();
    assertThatThrownBy(() -> new AllItemsRanking(model, others))
        .hasMessage("seen must be of the users and items of the model, got others");
  }

  private static InteractionMatrix seen(Random random, int items) {
    InteractionMatrix.Builder pairs = InteractionMatrix.builder();
    for (int i = 0; i < items; i++) {
      pairs.add("u0", "i" + i);
    }
    for (int u = 1; u < 4; u++) {
      for (int n = 0; n < 1 + random.nextInt(30); n++) {
        pairs.add("u" + u, "i" + random.nextInt(items));
      }
    }
    return pairs.build();
  }

  /** Small whole numbers: their products are exact, and many are the same. */
  private static float[][] wholeNumbers(Random random, int rows, int factors) {
    float[][] matrix = new float[rows][factors];
    for (float[] row : matrix) {
      for (int k = 0; k < factors; k++) {
        row[k] = random.nextInt(7) - 3;
      }
    }
    return matrix;
  }

  private static int[] sorted(FactorModel model, InteractionMatrix seen, int user) {
    List<Integer> items =
        new ArrayList<>(IntStream.range(0, model.itemIds().size()).boxed().toList());
    for (int item : seen.itemsOf(user)) {
      items.remove((Integer) item);
    }
    items.sort(Comparator.comparingDouble(i -> -score(model.user(user), model.item(i))));
    return items.stream().limit(10).mapToInt(i -> i).toArray();
  }

  private static double score(float[] a, float[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
