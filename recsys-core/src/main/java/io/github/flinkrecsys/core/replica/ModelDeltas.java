/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

/**
 * What items of an offline model add to the running one.
 *
 * @param version of the model, at least 1
 * @param items that the model has
 * @param deltas from the running vectors to those that were decided on, one per item that has
 *     arrived
 */
public record ModelDeltas(long version, int items, ItemDeltas deltas) {
  /**
   * Counts them.
   *
   * @return the items in it
   */
  public ModelItems arrived() {
    return new ModelItems(version, items, deltas.itemIds().length);
  }
}
