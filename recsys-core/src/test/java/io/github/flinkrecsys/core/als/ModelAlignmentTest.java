/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.vector.VectorOps;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelAlignmentTest {
  private static final int FACTORS = 4;

  @Test
  void aModelThatWasTurnedComesBack() {
    FactorModel older = random(7, 30, 20);
    FactorModel turned = turnedByThirdOfACircle(older);
    FactorModel aligned = ModelAlignment.align(turned, older);
    assertThat(aligned.version()).isEqualTo(turned.version());
    for (int i = 0; i < 20; i++) {
      assertThat(aligned.item(i)).containsExactly(older.item(i), within(1e-5f));
    }
    for (int u = 0; u < 30; u++) {
      assertThat(aligned.user(u)).containsExactly(older.user(u), within(1e-5f));
    }
  }

  @Test
  void scoresStayWhateverTheOtherModelIs() {
    FactorModel newer = random(1, 10, 15);
    FactorModel aligned = ModelAlignment.align(newer, random(2, 3, 40));
    for (int u = 0; u < 10; u++) {
      for (int i = 0; i < 15; i++) {
        assertThat(VectorOps.dot(aligned.user(u), 0, aligned.item(i), 0, FACTORS))
            .as("user %d, item %d", u, i)
            .isCloseTo(VectorOps.dot(newer.user(u), 0, newer.item(i), 0, FACTORS), within(1e-4f));
      }
    }
    assertThat(distance(aligned, random(2, 3, 40))).isLessThan(distance(newer, random(2, 3, 40)));
  }

  @Test
  void modelsThatHaveNothingInCommonAreRefused() {
    FactorModel model = random(1, 2, 3);
    FactorModel other =
        new FactorModel(1, FACTORS, List.of(), new float[0][], List.of("x"), new float[1][FACTORS]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelAlignment.align(model, other))
        .withMessage("items must be in common with the other model, got 0");
    FactorModel longer =
        new FactorModel(1, 5, List.of(), new float[0][], List.of("i0"), new float[1][5]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelAlignment.align(model, longer))
        .withMessage("factors must be those of the other model, 5, got 4");
  }

  private static double distance(FactorModel model, FactorModel other) {
    double sum = 0;
    for (int i = 0; i < Math.min(model.itemIds().size(), other.itemIds().size()); i++) {
      for (int f = 0; f < FACTORS; f++) {
        sum += Math.pow(model.item(i)[f] - other.item(i)[f], 2);
      }
    }
    return sum;
  }

  /** In the plane of the first two factors, and the third mirrored. */
  private static FactorModel turnedByThirdOfACircle(FactorModel model) {
    float[][] users = new float[model.userIds().size()][];
    float[][] items = new float[model.itemIds().size()][];
    for (int u = 0; u < users.length; u++) {
      users[u] = turned(model.user(u));
    }
    for (int i = 0; i < items.length; i++) {
      items[i] = turned(model.item(i));
    }
    return new FactorModel(9, FACTORS, model.userIds(), users, model.itemIds(), items);
  }

  private static float[] turned(float[] vector) {
    double sin = Math.sin(2 * Math.PI / 3);
    double cos = Math.cos(2 * Math.PI / 3);
    return new float[] {
      (float) (cos * vector[0] - sin * vector[1]),
      (float) (sin * vector[0] + cos * vector[1]),
      -vector[2],
      vector[3]
    };
  }

  private static FactorModel random(long seed, int users, int items) {
    Random random = new Random(seed);
    return new FactorModel(
        1, FACTORS, ids("u", users), rows(random, users), ids("i", items), rows(random, items));
  }

  private static List<String> ids(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(n -> prefix + n).toList();
  }

  private static float[][] rows(Random random, int count) {
    float[][] rows = new float[count][FACTORS];
    for (float[] row : rows) {
      for (int f = 0; f < FACTORS; f++) {
        row[f] = (float) random.nextGaussian();
      }
    }
    return rows;
  }
}
