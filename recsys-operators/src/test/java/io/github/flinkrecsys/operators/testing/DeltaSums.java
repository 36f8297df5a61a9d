/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.replica.InitialFactors;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What batches of deltas sum up to, computed apart from the code under test. */
public final class DeltaSums {
  /** Float rounding over the tests' few hundred additions. */
  public static final float ROUNDING = 1e-5f;

  private final ReplicaConfig config;
  private final Map<String, double[]> sums = new HashMap<>();
  private final Map<String, Long> updates = new HashMap<>();

  public DeltaSums(ReplicaConfig config) {
    this.config = config;
  }

  /** Adds batches. */
  public DeltaSums add(List<ItemDeltas> batches) {
    int stride = config.factors() + 1;
    for (ItemDeltas batch : batches) {
      for (int i = 0; i < batch.itemIds().length; i++) {
        double[] sum = sums.computeIfAbsent(batch.itemIds()[i], id -> new double[stride]);
        for (int f = 0; f < stride; f++) {
          sum[f] += batch.values()[i * stride + f];
        }
        updates.merge(batch.itemIds()[i], batch.updates()[i], Long::sum);
      }
    }
    return this;
  }

  /** Interactions with all items. */
  public long updates() {
    return updates.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The initial vector of an item and its deltas; the bias last. */
  public float[] row(String itemId) {
    int k = config.factors();
    float[] row = new float[k + 1];
    InitialFactors.write(Hashes.hash(itemId), config.seed(), config.initialDeviation(), row, 0, k);
    double[] sum = sums.getOrDefault(itemId, new double[k + 1]);
    for (int f = 0; f <= k; f++) {
      row[f] += (float) sum[f];
    }
    return row;
  }

  /** Fails unless the replica holds these sums: none lost, none twice. */
  public void assertEqualTo(RecommenderHarness taskManager) {
    assertThat(taskManager.itemIds()).containsAll(sums.keySet());
    for (String itemId : taskManager.itemIds()) {
      assertThat(taskManager.row(itemId))
          .as(() -> itemId + " " + Arrays.toString(row(itemId)))
          .containsExactly(row(itemId), within(ROUNDING));
    }
  }
}
