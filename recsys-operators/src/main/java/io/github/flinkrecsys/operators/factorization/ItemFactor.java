/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import java.util.Arrays;

/**
 * Factors of one item, for sinks: the newest value replaces every older one.
 *
 * @param itemId which item
 * @param factors the vector
 * @param bias the bias
 * @param updates number of interactions learned from
 */
public record ItemFactor(String itemId, float[] factors, float bias, long updates) {
  @Override
  public boolean equals(Object other) {
    return other instanceof ItemFactor that
        && itemId.equals(that.itemId)
        && Arrays.equals(factors, that.factors)
        && bias == that.bias
        && updates == that.updates;
  }

  @Override
  public int hashCode() {
    return 31 * itemId.hashCode() + Arrays.hashCode(factors);
  }

  @Override
  public String toString() {
    return "ItemFactor[" + itemId + ", updates=" + updates + "]";
  }
}
