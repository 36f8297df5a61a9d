/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import java.util.Arrays;

/**
 * Factors of one user after an interaction.
 *
 * @param userId which user
 * @param vector factors, then bias
 * @param steps number of interactions learned from
 * @param itemId item of the interaction
 * @param timestampMillis event time of the interaction
 */
public record UserFactor(
    String userId, float[] vector, long steps, String itemId, long timestampMillis) {
  @Override
  public boolean equals(Object other) {
    return other instanceof UserFactor that
        && userId.equals(that.userId)
        && Arrays.equals(vector, that.vector)
        && steps == that.steps
        && itemId.equals(that.itemId)
        && timestampMillis == that.timestampMillis;
  }

  @Override
  public int hashCode() {
    return 31 * userId.hashCode() + Arrays.hashCode(vector);
  }

  @Override
  public String toString() {
    return "UserFactor[" + userId + ", steps=" + steps + "]";
  }
}
