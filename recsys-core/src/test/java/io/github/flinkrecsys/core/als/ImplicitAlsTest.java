/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImplicitAlsTest {

  @Test
  void oneFactorSettlesWhereItsEquationsSay() {
    // One user, one item, nothing unobserved: (w h - 1)^2 + r w^2 + r h^2 has its only minima where
    // w = h and h^2 = 1 - r; with r = 0.19 the product is 0.81.
    ImplicitAlsConfig config =
        ImplicitAlsConfig.builder()
            .factors(1)
            .iterations(200)
            .unobservedWeight(0)
            .regularization(0.19)
            .initialStandardDeviation(1)
            .threads(1)
            .build();
    FactorModel model =
        new ImplicitAls(config).train(InteractionMatrix.builder().add("u", "i").build(), 3);
    assertThat(model.user(0)[0] * model.item(0)[0]).isCloseTo(0.81f, within(1e-4f));
    assertThat(Math.abs(model.user(0)[0])).isCloseTo(0.9f, within(1e-3f));
    assertThat(model.version()).isEqualTo(3);
  }

  @Test
  void noHalfSweepRaisesTheObjective() {
    for (long seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      ImplicitAlsConfig config =
          small(seed)
              .factors(1 + random.nextInt(12))
              .iterations(4)
              .unobservedWeight(random.nextDouble())
              .popularityExponent(random.nextInt(3) * 0.5)
              .regularization(0.001 + 0.1 * random.nextDouble())
              .regularizationExponent(random.nextDouble())
              .build();
      InteractionMatrix interactions = groups(seed, 12, 15);
      List<Double> objectives = new ArrayList<>();
      new ImplicitAls(config)
          .train(
              interactions,
              1,
              (users, items) -> objectives.add(objective(config, interactions, users, items)));
      assertThat(objectives).as("seed %d", seed).hasSize(8);
      for (int half = 1; half < objectives.size(); half++) {
        assertThat(objectives.get(half))
            .as("seed %d, half sweep %d of %s", seed, half, config)
            .isLessThanOrEqualTo(objectives.get(half - 1) * (1 + 1e-5));
      }
      assertThat(objectives.get(7)).as("seed %d", seed).isLessThan(objectives.get(0));
    }
  }

  /** The sum of the class's Javadoc, term by term. */
  private static double objective(
      ImplicitAlsConfig config, InteractionMatrix matrix, float[][] users, float[][] items) {
    double sum = 0;
    int[] usersOf = new int[items.length];
    for (int u = 0; u < users.length; u++) {
      for (int i : matrix.itemsOf(u)) {
        usersOf[i]++;
      }
    }
    double powers = 0;
    for (int count : usersOf) {
      powers += Math.pow(count, config.popularityExponent());
    }
    for (int u = 0; u < users.length; u++) {
      int[] seen = matrix.itemsOf(u);
      for (int i = 0; i < items.length; i++) {
        double weight = Math.pow(usersOf[i], config.popularityExponent()) * items.length / powers;
        sum += config.unobservedWeight() * weight * Math.pow(dot(users[u], items[i]), 2);
      }
      for (int i : seen) {
        sum += Math.pow(dot(users[u], items[i]) - 1, 2);
      }
      sum += penalty(config, seen.length, items.length, users[u]);
    }
    for (int i = 0; i < items.length; i++) {
      sum += penalty(config, usersOf[i], users.length, items[i]);
    }
    return sum;
  }

  private static double penalty(ImplicitAlsConfig config, int seen, int others, float[] row) {
    double frequency = seen + config.unobservedWeight() * others;
    return config.regularization()
        * Math.pow(frequency, config.regularizationExponent())
        * dot(row, row);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (double) a[k] * b[k];
    }
    return sum;
  }

  @Test
  void threadsDoNotChangeABit() {
    InteractionMatrix interactions = groups(5, 1500, 700);
    FactorModel one = new ImplicitAls(small(5).threads(1).build()).train(interactions, 1);
    for (int threads : new int[] {2, 3, 7}) {
      FactorModel many = new ImplicitAls(small(5).threads(threads).build()).train(interactions, 1);
      for (int u = 0; u < one.userIds().size(); u++) {
        assertThat(many.user(u)).as("user %d, %d threads", u, threads).isEqualTo(one.user(u));
      }
      for (int i = 0; i < one.itemIds().size(); i++) {
        assertThat(many.item(i)).as("item %d, %d threads", i, threads).isEqualTo(one.item(i));
      }
    }
  }

  @Test
  void anotherSeedIsAnotherModel() {
    InteractionMatrix interactions = groups(5, 40, 40);
    FactorModel one = new ImplicitAls(small(1).iterations(1).build()).train(interactions, 1);
    FactorModel other = new ImplicitAls(small(2).iterations(1).build()).train(interactions, 1);
    assertThat(other.user(0)).isNotEqualTo(one.user(0));
  }

  @Test
  void itemsOfAUsersGroupComeFirst() {
    InteractionMatrix interactions = groups(11, 400, 200);
    FactorModel model = new ImplicitAls(small(11).iterations(8).build()).train(interactions, 1);
    int[][] lists = new AllItemsRanking(model, interactions).topItems(0, 400, 10);
    int ofGroup = 0;
    for (int u = 0; u < lists.length; u++) {
      for (int item : lists[u]) {
        ofGroup +=
            group(interactions.itemIds().get(item)) == group(interactions.userIds().get(u)) ? 1 : 0;
      }
    }
    // A tenth of all items would be by chance.
    assertThat(ofGroup / 4000.0).as("share of the user's group in lists of ten").isGreaterThan(0.9);
  }

  @Test
  void anInterruptEndsTheTraining() {
    InteractionMatrix interactions = groups(5, 40, 40);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new ImplicitAls(small(1).build()).train(interactions, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the training was interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void nothingGivesAnEmptyModel() {
    FactorModel model =
        new ImplicitAls(small(1).build()).train(InteractionMatrix.builder().build(), 1);
    assertThat(model.userIds()).isEmpty();
    assertThat(model.itemIds()).isEmpty();
  }

  @Test
  void theLeastDataIsEnoughForAnyNumberOfFactors() {
    InteractionMatrix onePair = InteractionMatrix.builder().add("u", "i").build();
    for (int factors : new int[] {1, 2, 3, 10, 64, 512}) {
      FactorModel model =
          new ImplicitAls(small(7).factors(factors).iterations(8).build()).train(onePair, 1);
      assertThat(dot(model.user(0), model.item(0)))
          .as("%d factors", factors)
          .isCloseTo(0.9, within(0.02));
    }
  }

  @Test
  void tinyDataIsTrainedWithManyMoreFactorsThanRows() {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      ImplicitAlsConfig config =
          small(seed)
              .factors(50 + random.nextInt(80))
              .iterations(8)
              .unobservedWeight(random.nextBoolean() ? 0 : 0.01)
              .regularization(Math.pow(10, -random.nextInt(6)))
              .build();
      InteractionMatrix interactions = groups(seed, 1 + random.nextInt(3), 1 + random.nextInt(4));
      List<Double> objectives = new ArrayList<>();
      new ImplicitAls(config)
          .train(
              interactions,
              1,
              (users, items) -> objectives.add(objective(config, interactions, users, items)));
      assertThat(objectives.get(15))
          .as("seed %d, %s", seed, config)
          .isLessThanOrEqualTo(objectives.get(0) * (1 + 1e-5));
    }
  }

  @Test
  void oneUserOrOneItemIsEnough() {
    InteractionMatrix.Builder ofOneUser = InteractionMatrix.builder();
    InteractionMatrix.Builder ofOneItem = InteractionMatrix.builder();
    for (int n = 0; n < 50; n++) {
      ofOneUser.add("u", "i" + n);
      ofOneItem.add("u" + n, "i");
    }
    ImplicitAls als = new ImplicitAls(small(7).factors(64).iterations(8).build());
    FactorModel oneUser = als.train(ofOneUser.build(), 1);
    FactorModel oneItem = als.train(ofOneItem.build(), 1);
    for (int n = 0; n < 50; n++) {
      assertThat(dot(oneUser.user(0), oneUser.item(n))).as("item %d", n).isBetween(0.8, 1.0);
      assertThat(dot(oneItem.user(n), oneItem.item(0))).as("user %d", n).isBetween(0.8, 1.0);
    }
  }

  @Test
  void aRegularizationThatLeavesNothingGivesZeros() {
    ImplicitAlsConfig config =
        small(7)
            .factors(16)
            .iterations(12)
            .regularization(1000)
            .initialStandardDeviation(1e-20)
            .build();
    FactorModel model = new ImplicitAls(config).train(groups(7, 30, 30), 1);
    assertThat(model.user(0)).containsOnly(0f);
    assertThat(model.item(0)).containsOnly(0f);
  }

  private static ImplicitAlsConfig.Builder small(long seed) {
    return ImplicitAlsConfig.builder()
        .factors(10)
        .iterations(3)
        .unobservedWeight(0.1)
        .regularization(0.01)
        .seed(seed)
        .threads(2);
  }

  /** Users and items of ten groups; nine of ten interactions stay within the group. */
  private static InteractionMatrix groups(long seed, int users, int items) {
    Random random = new Random(seed);
    InteractionMatrix.Builder pairs = InteractionMatrix.builder();
    for (int u = 0; u < users; u++) {
      int count = 1 + random.nextInt(8);
      for (int n = 0; n < count; n++) {
        int any = random.nextInt(items);
        pairs.add(
            "u" + u, "i" + (random.nextInt(10) == 0 ? any : (any / 10 * 10 + u % 10) % items));
      }
    }
    return pairs.build();
  }

  private static int group(String id) {
    return id.charAt(id.length() - 1);
  }
}
