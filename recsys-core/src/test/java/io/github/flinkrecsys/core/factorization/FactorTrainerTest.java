/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.replica.ItemReplica;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FactorTrainerTest {
  @Test
  void ratingStepIsTheOneComputedByHand() {
    FactorConfig config =
        FactorConfig.rating()
            .factors(1)
            .learningRate(0.1)
            .biasLearningRate(0.1)
            .regularization(0)
            .initialDeviation(0)
            .build();
    ItemReplica items = items(config, new float[] {2, 0});
    items.ratingMean().add(1, 1);
    float[] user = {1, 0};
    assertThat(new FactorTrainer(config).predictRating(user, 0, items)).isEqualTo(3f);
    // error = 4 - (1 + 0 + 0 + 1 * 2) = 1
    new FactorTrainer(config).train(user, "u", 0, 0, 4, 1, items).applyTo(items, 0);
    assertThat(user).containsExactly(new float[] {1.2f, 0.1f}, within(1e-6f));
    assertThat(items.factors(0)[0]).isCloseTo(2.1f, within(1e-6f));
    assertThat(items.bias(0)).isCloseTo(0.1f, within(1e-6f));
  }

  @Test
  void ratingStepRegularizes() {
    FactorConfig config =
        FactorConfig.rating()
            .factors(1)
            .learningRate(0.1)
            .biasLearningRate(0.2)
            .regularization(0.5)
            .initialDeviation(0)
            .build();
    ItemReplica items = items(config, new float[] {2, 1});
    float[] user = {1, -1};
    // error = 5 - (0 - 1 + 1 + 2) = 3
    new FactorTrainer(config).train(user, "u", 0, 0, 5, 1, items).applyTo(items, 0);
    // 1 + 0.1 * (3 * 2 - 0.5 * 1); -1 + 0.2 * (3 - 0.5 * -1)
    assertThat(user).containsExactly(new float[] {1.55f, -0.3f}, within(1e-6f));
    // 2 + 0.1 * (3 * 1 - 0.5 * 2); 1 + 0.2 * (3 - 0.5 * 1)
    assertThat(items.factors(0)[0]).isCloseTo(2.2f, within(1e-6f));
    assertThat(items.bias(0)).isCloseTo(1.5f, within(1e-6f));
  }

  @Test
  void positiveStepUsesTheUpdatedUserForTheItem() {
    FactorConfig config =
        FactorConfig.positive()
            .factors(1)
            .learningRate(0.1)
            .regularization(0.5)
            .initialDeviation(0)
            .build();
    ItemReplica items = items(config, new float[] {0.4f, 0});
    float[] user = {0.5f, 0};
    // error = 1 - 0.5 * 0.4 = 0.8
    new FactorTrainer(config).train(user, "u", 0, 0, 1, 1, items).applyTo(items, 0);
    // p = 0.5 + 0.1 * (0.8 * 0.4 - 0.5 * 0.5) = 0.507
    assertThat(user[0]).isCloseTo(0.507f, within(1e-6f));
    // q = 0.4 + 0.1 * (0.8 * 0.507 - 0.5 * 0.4) = 0.42056
    assertThat(items.factors(0)[0]).isCloseTo(0.42056f, within(1e-6f));
  }

  @Test
  void positiveIterationsAreStepsOneAfterAnother() {
    FactorConfig twice = positive(2);
    FactorConfig once = positive(1);
    ItemReplica a = items(twice, new float[] {0.3f, 0});
    ItemReplica b = items(once, new float[] {0.3f, 0});
    float[] userA = {0.2f, 0};
    float[] userB = {0.2f, 0};
    new FactorTrainer(twice).train(userA, "u", 0, 0, 1, 1, a).applyTo(a, 0);
    FactorTrainer trainer = new FactorTrainer(once);
    trainer.train(userB, "u", 0, 0, 1, 1, b).applyTo(b, 0);
    trainer.train(userB, "u", 1, 0, 1, 1, b).applyTo(b, 0);
    assertThat(userA).containsExactly(userB, within(1e-7f));
    assertThat(a.factors(0)[0]).isCloseTo(b.factors(0)[0], within(1e-7f));
  }

  private static FactorConfig positive(int iterations) {
    return FactorConfig.positive().factors(1).iterations(iterations).initialDeviation(0).build();
  }

  @Test
  void pairwiseStepIsTheOneComputedByHand() {
    FactorConfig config =
        FactorConfig.pairwise()
            .factors(1)
            .negatives(1)
            .learningRate(0.1)
            .biasLearningRate(0.2)
            .regularization(0.5)
            .initialDeviation(0)
            .build();
    ItemReplica items = items(config, new float[] {0.6f, 0.1f}, new float[] {0.2f, 0.3f});
    float[] user = {0.5f, 0};
    FactorStep step = stepThatSamplesTheOther(config, user, items);
    step.applyTo(items, 0);
    // x = 0.1 - 0.3 + 0.5 * (0.6 - 0.2) = 0, slope = sigmoid(0) = 0.5
    // p = 0.5 + 0.1 * (0.5 * 0.4 - 0.5 * 0.5) = 0.495
    assertThat(user[0]).isCloseTo(0.495f, within(1e-6f));
    // q_i = 0.6 + 0.1 * (0.5 * 0.5 - 0.5 * 0.6) = 0.595; b_i = 0.1 + 0.2 * (0.5 - 0.05) = 0.19
    assertThat(items.factors(0)[0]).isCloseTo(0.595f, within(1e-6f));
    assertThat(items.bias(0)).isCloseTo(0.19f, within(1e-6f));
    // q_j = 0.2 + 0.1 * (-0.25 - 0.5 * 0.2) = 0.165; b_j = 0.3 + 0.2 * (-0.5 - 0.15) = 0.17
    assertThat(items.factors(0)[1]).isCloseTo(0.165f, within(1e-6f));
    assertThat(items.bias(1)).isCloseTo(0.17f, within(1e-6f));
  }

  /** With two items, every second sample is the item itself, which is left out. */
  private static FactorStep stepThatSamplesTheOther(
      FactorConfig config, float[] user, ItemReplica items) {
    float[] start = user.clone();
    FactorTrainer trainer = new FactorTrainer(config);
    for (int number = 0; number < 64; number++) {
      System.arraycopy(start, 0, user, 0, start.length);
      FactorStep step = trainer.train(user, "u", number, 0, 1, 1, items);
      if (step.rows == 2) {
        return step;
      }
    }
    throw new AssertionError("no sample in 64 hit the other of two items");
  }

  @Test
  void pairwiseLearnsToPutTheItemFirst() {
    FactorConfig config = FactorConfig.pairwise().factors(8).build();
    ItemReplica items = new ItemReplica(FactorTrainer.replicaConfig(config, 100));
    for (int i = 0; i < 20; i++) {
      items.admit("i" + i);
    }
    FactorTrainer trainer = new FactorTrainer(config);
    float[] user = trainer.newUser("u");
    for (int n = 0; n < 50; n++) {
      trainer.train(user, "u", n, 3, 1, 1, items).applyTo(items, 0);
    }
    for (int i = 0; i < 20; i++) {
      if (i != 3) {
        assertThat(FactorTrainer.score(user, 3, items))
            .isGreaterThan(FactorTrainer.score(user, i, items) + 1);
      }
    }
  }

  @Test
  void confidenceScalesTheStep() {
    FactorConfig config =
        FactorConfig.positive().factors(1).regularization(0).initialDeviation(0).build();
    ItemReplica items = items(config, new float[] {1, 0});
    FactorTrainer trainer = new FactorTrainer(config);
    float[] one = {0, 0};
    float[] two = {0, 0};
    trainer.train(one, "u", 0, 0, 1, 1, items);
    trainer.train(two, "u", 0, 0, 1, 2, items);
    assertThat(two[0]).isCloseTo(2 * one[0], within(1e-6f));
    assertThat(one[0]).isPositive();
  }

  @Test
  void errorsAreClipped() {
    FactorConfig config =
        FactorConfig.rating()
            .factors(1)
            .learningRate(0.1)
            .biasLearningRate(0.1)
            .regularization(0)
            .maxError(2)
            .initialDeviation(0)
            .build();
    ItemReplica items = items(config, new float[] {1, 0});
    float[] user = {0, 0};
    new FactorTrainer(config).train(user, "u", 0, 0, 1e6f, 1, items);
    assertThat(user).containsExactly(new float[] {0.2f, 0.2f}, within(1e-6f));
  }

  @Test
  void onEveryScaleTheSameIsLearned() {
    RatingScale percent = new RatingScale(20, 100);
    for (long seed = 0; seed < 20; seed++) {
      FactorConfig stars = FactorConfig.rating().factors(4).build();
      FactorConfig points = FactorConfig.rating().factors(4).ratings(percent).build();
      ItemReplica starItems = new ItemReplica(FactorTrainer.replicaConfig(stars, 10));
      ItemReplica pointItems = new ItemReplica(FactorTrainer.replicaConfig(points, 10));
      FactorTrainer starTrainer = new FactorTrainer(stars);
      FactorTrainer pointTrainer = new FactorTrainer(points);
      float[] starUser = starTrainer.newUser("u");
      float[] pointUser = pointTrainer.newUser("u");
      Random random = new Random(seed);
      for (int n = 0; n < 300; n++) {
        String item = "i" + random.nextInt(10);
        int slot = starItems.admit(item);
        assertThat(pointItems.admit(item)).isEqualTo(slot);
        float rating = 1 + random.nextInt(5);
        assertThat(pointTrainer.predictRating(pointUser, slot, pointItems))
            .as("seed %d, step %d", seed, n)
            .isCloseTo(20 * starTrainer.predictRating(starUser, slot, starItems), within(0.05f));
        starItems.ratingMean().add(rating, 1);
        pointItems.ratingMean().add(20 * rating, 1);
        starTrainer.train(starUser, "u", n, slot, rating, 1, starItems).applyTo(starItems, 0);
        pointTrainer
            .train(pointUser, "u", n, slot, 20 * rating, 1, pointItems)
            .applyTo(pointItems, 0);
      }
    }
  }

  @Test
  void aScaleOfRatingsHasABeginningAndAnEnd() {
    assertThat(RatingScale.STARS.violation(5)).isNull();
    assertThat(RatingScale.STARS.violation(5.5)).isEqualTo("rating must be in [1.0, 5.0], got 5.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RatingScale(5, 1))
        .withMessage("lowestRating must be below highestRating (1.0), got 5.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RatingScale(Double.NaN, 1))
        .withMessage("lowestRating must be in [-1.0E9, 1.0E9], got NaN");
  }

  @Test
  void stepsThatAreNotFiniteChangeNothing() {
    for (FactorConfig config :
        new FactorConfig[] {
          FactorConfig.rating().factors(2).build(),
          FactorConfig.positive().factors(2).build(),
          FactorConfig.pairwise().factors(2).build()
        }) {
      ItemReplica items = new ItemReplica(FactorTrainer.replicaConfig(config, 10));
      items.admit("a");
      items.admit("b");
      items.addFactors(0, new float[] {Float.MAX_VALUE, Float.MAX_VALUE, 0}, 0);
      float[] user = {Float.MAX_VALUE, -Float.MAX_VALUE, 0};
      float[] before = user.clone();
      FactorStep step = new FactorTrainer(config).train(user, "u", 0, 0, 1, 1, items);
      assertThat(step).as("%s", config.objective()).isNull();
      assertThat(user).as("%s", config.objective()).containsExactly(before);
    }
  }

  @Test
  void sameUserAndStepGiveTheSameSamples() {
    FactorConfig config = FactorConfig.pairwise().factors(4).build();
    ItemReplica items = new ItemReplica(FactorTrainer.replicaConfig(config, 1000));
    for (int i = 0; i < 500; i++) {
      items.admit("i" + i);
    }
    float[] one = new FactorTrainer(config).newUser("u");
    float[] two = one.clone();
    float[] later = one.clone();
    new FactorTrainer(config).train(one, "u", 5, 0, 1, 1, items);
    new FactorTrainer(config).train(two, "u", 5, 0, 1, 1, items);
    new FactorTrainer(config).train(later, "u", 6, 0, 1, 1, items);
    assertThat(two).containsExactly(one);
    assertThat(later).isNotEqualTo(one);
  }

  @Test
  void configsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> FactorConfig.pairwise().learningRate(Double.NaN).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("learningRate must be in (0.0, 1.0], got NaN");
    assertThatThrownBy(() -> FactorConfig.pairwise().factors(0).build())
        .hasMessage("factors must be between 1 and 4096, got 0");
    assertThatThrownBy(() -> FactorConfig.pairwise().regularization(-1).build())
        .hasMessage("regularization must be in [0.0, 1.0], got -1.0");
  }

  private static ItemReplica items(FactorConfig config, float[]... rows) {
    ItemReplica items = new ItemReplica(FactorTrainer.replicaConfig(config, 100));
    for (int i = 0; i < rows.length; i++) {
      items.addFactors(items.admit("i" + i), rows[i], 0);
    }
    return items;
  }
}
