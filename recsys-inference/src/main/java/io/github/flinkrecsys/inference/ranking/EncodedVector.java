/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import java.util.Arrays;

/**
 * A user or item as a model encodes it.
 *
 * @param key whose: that of the feature vector
 * @param timestampMillis event time of the features
 * @param modelVersion that encoded them; vectors of different versions are not comparable
 * @param values the output of the model, all finite
 */
public record EncodedVector(String key, long timestampMillis, long modelVersion, float[] values) {
  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedVector that
        && key.equals(that.key)
        && timestampMillis == that.timestampMillis
        && modelVersion == that.modelVersion
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "EncodedVector["
        + key
        + " at "
        + timestampMillis
        + ", version "
        + modelVersion
        + ": "
        + Arrays.toString(values)
        + "]";
  }
}
