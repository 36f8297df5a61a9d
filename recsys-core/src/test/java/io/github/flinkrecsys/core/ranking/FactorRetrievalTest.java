/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.factorization.FactorStep;
import io.github.flinkrecsys.core.factorization.FactorTrainer;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.util.TopK;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The scan of codes against the scan of factors, which is its oracle. */
class FactorRetrievalTest {
  private static final int K = 20;
  private static final SlotFilter ALL = slot -> true;

  private record Found(int[] slots, float[] scores) {
    void isEqualTo(Found expected, String description, Object... arguments) {
      assertThat(slots).as(description, arguments).isEqualTo(expected.slots);
      assertThat(scores).as(description, arguments).isEqualTo(expected.scores);
    }
  }

  private static Found find(FactorRetrieval retrieval, float[] user, SlotFilter filter, int k) {
    TopK top = new TopK(k);
    retrieval.retrieve(user, Float.NEGATIVE_INFINITY, filter, top);
    Found found = new Found(new int[top.size()], new float[top.size()]);
    top.drainTo(found.slots, found.scores);
    return found;
  }

  private static FactorRetrieval byFactors(ItemReplica items) {
    return FactorRetrieval.bySize(items, Integer.MAX_VALUE);
  }

  private static FactorRetrieval byCodes(ItemReplica items) {
    return FactorRetrieval.bySize(items, 0);
  }

  /** Random items; the deviation of rows spans several powers of ten, biases matter or not. */
  private static ItemReplica gaussian(Random random, int count, int factors) {
    ItemReplica items = new ItemReplica(new ReplicaConfig(factors, 0, 1, count));
    double spread = random.nextInt(3);
    double biases = random.nextInt(2);
    for (int i = 0; i < count; i++) {
      items.addFactors(items.admit("i" + i), row(random, factors, spread, biases), 0);
    }
    return items;
  }

  private static float[] row(Random random, int factors, double spread, double biases) {
    float[] row = new float[factors + 1];
    double deviation = Math.pow(10, spread * random.nextGaussian());
    for (int f = 0; f < factors; f++) {
      row[f] = (float) (deviation * random.nextGaussian());
    }
    row[factors] = (float) (biases * random.nextGaussian());
    return row;
  }

  @Test
  void codesFindWhatFactorsFindBitByBit() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int factors = random.nextInt(70);
      ItemReplica items = gaussian(random, 1 + random.nextInt(5000), factors);
      FactorRetrieval byCodes = byCodes(items);
      for (int query = 0; query < 5; query++) {
        float[] user = row(random, factors, 1, 1);
        find(byCodes, user, ALL, K)
            .isEqualTo(find(byFactors(items), user, ALL, K), "seed %d, query %d", seed, query);
      }
    }
  }

  @Test
  void changedRowsAndNewItemsAreFoundAtOnce() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      ItemReplica items = new ItemReplica(new ReplicaConfig(16, 0.1, seed, 10_000));
      for (int i = 0; i < 3000; i++) {
        items.admit("i" + i);
      }
      FactorRetrieval byCodes = byCodes(items);
      for (int event = 0; event < 200; event++) {
        for (int n = 0; n < 11; n++) {
          // Large steps, so that rows leave the list and come in from the far end.
          items.addFactors(random.nextInt(items.size()), row(random, 16, 0.5, 1), 0);
        }
        items.admit("new" + event);
        float[] user = row(random, 16, 0, 0);
        find(byCodes, user, ALL, K)
            .isEqualTo(find(byFactors(items), user, ALL, K), "seed %d, event %d", seed, event);
      }
    }
  }

  @Test
  void theWorstItemThatBecomesTheBestIsFoundBeforeItIsQuantizedAgain() {
    ItemReplica items = gaussian(new Random(1), 20_000, 8);
    FactorRetrieval byCodes = byCodes(items);
    float[] user = row(new Random(2), 8, 0, 0);
    for (int query = 0; query < 10; query++) {
      find(byCodes, user, ALL, K);
    }
    // Far more changes than one call quantizes, all of them of rows whose codes say "worst".
    float[] delta = new float[9];
    for (int f = 0; f < 8; f++) {
      delta[f] = -1e6f * user[f];
    }
    for (int slot = 0; slot < items.size(); slot++) {
      items.addFactors(slot, delta, 0);
    }
    for (int query = 0; query < 10; query++) {
      find(byCodes, user, ALL, K);
    }
    for (int f = 0; f < 8; f++) {
      delta[f] = 2e6f * user[f];
    }
    items.addFactors(19_999, delta, 0);
    assertThat(find(byCodes, user, ALL, 1).slots).containsExactly(19_999);
  }

  @Test
  void learnedFactorsAreFoundExactly() {
    FactorConfig config = FactorConfig.pairwise().build();
    FactorTrainer trainer = new FactorTrainer(config);
    ItemReplica items = new ItemReplica(FactorTrainer.replicaConfig(config, 12_000));
    for (int i = 0; i < 12_000; i++) {
      items.admit("i" + i);
    }
    Random random = new Random(42);
    float[][] users = new float[500][];
    FactorRetrieval byCodes = byCodes(items);
    for (int n = 0; n < 30_000; n++) {
      int user = random.nextInt(users.length);
      if (users[user] == null) {
        users[user] = trainer.newUser("u" + user);
      }
      // Zipf's law within the user's genre, one of 30.
      int rank = (int) (Math.exp(random.nextDouble() * Math.log(401)) - 1);
      int slot = Math.min(399, rank) * 30 + user % 30;
      FactorStep step = trainer.train(users[user], "u" + user, n, slot, 1, 1, items);
      step.applyTo(items, DecayedCount.EMPTY);
      if (n % 300 == 0) {
        find(byCodes, users[user], ALL, 100)
            .isEqualTo(find(byFactors(items), users[user], ALL, 100), "step %d", n);
      }
    }
  }

  @Test
  void filtersAreRespectedAndAskedAboutFew() {
    Random random = new Random(3);
    ItemReplica items = gaussian(random, 20_000, 32);
    FactorRetrieval byCodes = byCodes(items);
    for (int query = 0; query < 10; query++) {
      find(byCodes, row(random, 32, 0, 0), ALL, K);
    }
    float[] user = row(random, 32, 0, 0);
    int[] asked = new int[1];
    SlotFilter every50th =
        slot -> {
          asked[0]++;
          return slot % 50 == 7;
        };
    Found found = find(byCodes, user, every50th, K);
    assertThat(found.slots).hasSize(K);
    assertThat(Arrays.stream(found.slots)).allMatch(slot -> slot % 50 == 7);
    found.isEqualTo(find(byFactors(items), user, slot -> slot % 50 == 7, K), "filtered");
    assertThat(asked[0]).isLessThan(10_000);
    assertThat(find(byCodes, user, slot -> false, K).slots).isEmpty();
  }

  @Test
  void whatIsNotANumberNeverRanksAndWhatIsInfiniteRanksAsByFactors() {
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e38f, 1e-44f};
    ItemReplica items = gaussian(new Random(4), 3000, 4);
    for (int i = 0; i < 500; i++) {
      items.addFactors(5 * i, new float[] {odd[i % 5], 0, odd[(i / 5) % 5], 0, 0}, 0);
    }
    FactorRetrieval byCodes = byCodes(items);
    for (float value : new float[] {1, 0, -1, 1e-38f, 1e30f}) {
      float[] user = {value, 0.5f, value, 0, 0};
      for (int query = 0; query < 3; query++) {
        Found found = find(byCodes, user, ALL, K);
        for (float score : found.scores) {
          assertThat(score).as("user %s", value).isNotNaN();
        }
        found.isEqualTo(find(byFactors(items), user, ALL, K), "user %s, query %d", value, query);
      }
    }
    assertThat(find(byCodes, new float[] {Float.NaN, 0, 0, 0, 0}, ALL, K).slots).isEmpty();
  }

  @Test
  void manyThreadsReadWhileOthersWriteAndAgreeOnceTheyStop() throws Exception {
    ItemReplica items = gaussian(new Random(5), 5000, 24);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Integer> writer =
          () -> {
            Random random = new Random(6);
            int written = 0;
            for (; !done.get(); written++) {
              items.addFactors(random.nextInt(items.size()), row(random, 24, 0, 0.1), 0);
              if (written % 1000 == 0) {
                items.admitForeign("w" + written);
              }
            }
            return written;
          };
      Callable<Integer> reader =
          () -> {
            Random random = new Random(7);
            FactorRetrieval byCodes = byCodes(items);
            int read = 0;
            for (; !done.get(); read++) {
              assertThat(find(byCodes, row(random, 24, 0, 0), ALL, K).slots).hasSize(K);
            }
            return read;
          };
      Future<Integer> written = threads.submit(writer);
      Future<Integer> first = threads.submit(reader);
      Future<Integer> second = threads.submit(reader);
      TimeUnit.MILLISECONDS.sleep(500);
      done.set(true);
      assertThat(written.get()).isPositive();
      assertThat(first.get()).isPositive();
      assertThat(second.get()).isPositive();
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    Random random = new Random(8);
    FactorRetrieval byCodes = byCodes(items);
    for (int query = 0; query < 20; query++) {
      float[] user = row(random, 24, 0, 0);
      find(byCodes, user, ALL, K)
          .isEqualTo(find(byFactors(items), user, ALL, K), "query %d", query);
    }
  }

  @Test
  void negativeSizesAreRefused() {
    ItemReplica items = new ItemReplica(new ReplicaConfig(2, 0, 1, 10));
    assertThatThrownBy(() -> FactorRetrieval.bySize(items, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("factorsUpTo must be non-negative, got -1");
  }
}
