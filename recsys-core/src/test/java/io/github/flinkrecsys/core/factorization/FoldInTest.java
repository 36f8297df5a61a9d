/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.replica.ItemReplica;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FoldInTest {
  @ParameterizedTest
  @EnumSource(
      value = Objective.class,
      names = {"POSITIVE", "PAIRWISE"})
  void aVectorLeansToTheItemsItWasMadeOf(Objective objective) {
    FactorConfig config =
        objective == Objective.PAIRWISE
            ? FactorConfig.pairwise().factors(8).build()
            : FactorConfig.positive().factors(8).build();
    ItemReplica items = twoTastes(config);
    FoldIn foldIn = new FoldIn(config);
    float[] before = items.factors(0).clone();
    float[] likesFirst = foldIn.vector("", new int[] {0, 1}, 2, items);
    float[] likesSecond = foldIn.vector("", new int[] {10, 11}, 2, items);
    for (int n = 2; n < 10; n++) {
      assertThat(score(likesFirst, n, items)).isGreaterThan(score(likesFirst, n + 10, items));
      assertThat(score(likesSecond, n, items)).isLessThan(score(likesSecond, n + 10, items));
    }
    assertThat(items.factors(0)).as("items stay as they are").containsExactly(before);
    assertThat(foldIn.vector("", new int[] {0, 1}, 2, items)).containsExactly(likesFirst);
  }

  @Test
  void aModelOfRatingsHasNone() {
    FactorConfig config = FactorConfig.rating().build();
    assertThat(new FoldIn(config).vector("", new int[] {0}, 1, twoTastes(config))).isNull();
  }

  private static float score(float[] user, int slot, ItemReplica items) {
    return FactorTrainer.score(user, slot, items);
  }

  /** Ten items of each of two tastes, learned from ten users each. */
  private static ItemReplica twoTastes(FactorConfig config) {
    ItemReplica items = new ItemReplica(FactorTrainer.replicaConfig(config, 100));
    for (int n = 0; n < 20; n++) {
      items.admit("i" + n);
    }
    FactorTrainer trainer = new FactorTrainer(config);
    for (int u = 0; u < 20; u++) {
      float[] user = trainer.newUser("u" + u);
      for (int step = 0; step < 200; step++) {
        int slot = u / 10 * 10 + step % 10;
        FactorStep made = trainer.train(user, "u" + u, step, slot, 1, 1, items);
        if (made != null) {
          made.applyTo(items, Double.NEGATIVE_INFINITY);
        }
      }
    }
    return items;
  }
}
