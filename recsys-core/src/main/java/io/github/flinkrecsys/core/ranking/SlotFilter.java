/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

/** Decides which slots of a replica are candidates. */
@FunctionalInterface
public interface SlotFilter {
  /**
   * Decides about one item.
   *
   * @param slot of the item
   * @return whether it may be retrieved
   */
  boolean allows(int slot);
}
