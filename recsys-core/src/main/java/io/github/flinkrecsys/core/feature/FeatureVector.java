/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import java.util.Arrays;

/**
 * The features of a key after an interaction.
 *
 * @param key whose: a user, an item, or a pair
 * @param timestampMillis event time as of which they hold, milliseconds since 1970
 * @param version {@link FeatureConfig#version} of the config that made it
 * @param values in the order of {@link FeatureConfig#names}, all finite
 */
public record FeatureVector(String key, long timestampMillis, long version, float[] values) {
  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureVector that
        && key.equals(that.key)
        && timestampMillis == that.timestampMillis
        && version == that.version
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FeatureVector["
        + key
        + " at "
        + timestampMillis
        + ", version "
        + version
        + ": "
        + Arrays.toString(values)
        + "]";
  }
}
