/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import java.util.Arrays;

/**
 * What one flush adds to one item, on its way to the item's owner.
 *
 * @param itemId which item
 * @param values factor deltas, then the bias delta
 * @param updates number of interactions in it
 */
public record ItemDelta(String itemId, float[] values, long updates) {
  @Override
  public boolean equals(Object other) {
    return other instanceof ItemDelta that
        && itemId.equals(that.itemId)
        && Arrays.equals(values, that.values)
        && updates == that.updates;
  }

  @Override
  public int hashCode() {
    return 31 * itemId.hashCode() + Arrays.hashCode(values);
  }
}
