/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.factorization.FactorStep;
import io.github.flinkrecsys.core.factorization.FactorTrainer;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.Random;

/**
 * Vectors to search and to search for, 64 factors each.
 *
 * @param items what is searched
 * @param users factors, then bias
 * @param deltas of the size of a step, 64 of them: factors, then bias
 */
record RetrievalModel(ItemReplica items, float[][] users, float[][] deltas) {
  private static final FactorConfig CONFIG = FactorConfig.pairwise().build();
  private static final int QUERIES = 200;
  private static final int CLUSTERS = 1_000;
  private static final int GENRES = 300;
  private static final int GENRES_PER_USER = 3;

  /** Normally distributed around 1,000 centers, biases likewise; users stand near a center. */
  static RetrievalModel clustered(int count) {
    Random random = new Random(1);
    float[][] centers = gaussians(random, CLUSTERS, 0.25);
    ItemReplica items = empty(count);
    for (int i = 0; i < count; i++) {
      float[] row = near(centers[random.nextInt(CLUSTERS)], random);
      items.addFactors(i, row, 0);
    }
    float[][] users = new float[QUERIES][];
    for (int q = 0; q < QUERIES; q++) {
      users[q] = near(centers[random.nextInt(CLUSTERS)], random);
    }
    return new RetrievalModel(items, users, steps());
  }

  /**
   * Learned by BPR from a stream: users like 3 of 300 genres, and in a genre Zipf's law holds. 12
   * interactions per item and 10 per user, up to 12 million.
   */
  static RetrievalModel learned(int count) {
    Random random = new Random(7);
    ItemReplica items = empty(count);
    FactorTrainer trainer = new FactorTrainer(CONFIG);
    int interactions = (int) Math.min(12L * count, 12_000_000);
    float[][] users = new float[Math.max(QUERIES, interactions / 10)][];
    double exponent = Math.log(count / GENRES + 1);
    for (int n = 0; n < interactions; n++) {
      int user = random.nextInt(users.length);
      String id = "u" + user;
      if (users[user] == null) {
        users[user] = trainer.newUser(id);
      }
      int liked = random.nextInt(GENRES_PER_USER);
      int genre = Hashes.below(Hashes.mix((long) GENRES_PER_USER * user + liked), GENRES);
      // The inverse of Zipf's law with exponent 1, whose cumulated sum is nearly a logarithm.
      int rank = (int) (Math.exp(random.nextDouble() * exponent) - 1);
      int slot = Math.min(count - 1, rank * GENRES + genre);
      FactorStep step = trainer.train(users[user], id, n, slot, 1, 1, items);
      if (step != null) {
        step.applyTo(items, DecayedCount.EMPTY);
      }
    }
    float[][] queries = new float[QUERIES][];
    int found = 0;
    for (int user = 0; found < QUERIES; user++) {
      if (users[user] != null) {
        queries[found++] = users[user];
      }
    }
    return new RetrievalModel(items, queries, steps());
  }

  private static ItemReplica empty(int count) {
    ItemReplica items = new ItemReplica(FactorTrainer.replicaConfig(CONFIG, count));
    for (int i = 0; i < count; i++) {
      items.admit("i" + i);
    }
    return items;
  }

  private static float[][] steps() {
    return gaussians(new Random(2), 64, 0.005);
  }

  private static float[][] gaussians(Random random, int count, double deviation) {
    float[][] rows = new float[count][CONFIG.factors() + 1];
    for (float[] row : rows) {
      for (int f = 0; f < row.length; f++) {
        row[f] = (float) (deviation * random.nextGaussian());
      }
    }
    return rows;
  }

  private static float[] near(float[] center, Random random) {
    float[] row = center.clone();
    for (int f = 0; f < row.length; f++) {
      row[f] += (float) (0.1 * random.nextGaussian());
    }
    return row;
  }
}
