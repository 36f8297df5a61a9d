/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

/**
 * How many items of an offline model have arrived.
 *
 * @param version of the model, at least 1
 * @param items that the model has, at least 1
 * @param arrived of them
 */
public record ModelItems(long version, int items, int arrived) {
  ModelItems plus(ModelItems other) {
    return new ModelItems(version, items, arrived + other.arrived);
  }

  boolean isWhole() {
    return arrived >= items;
  }
}
