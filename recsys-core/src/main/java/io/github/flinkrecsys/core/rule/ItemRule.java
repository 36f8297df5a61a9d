/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.rule;

import io.github.flinkrecsys.core.event.ItemMetadata;
import java.io.Serializable;
import java.util.function.Predicate;

/** Decides which items may be recommended at all. */
@FunctionalInterface
public interface ItemRule extends Serializable {
  /** Lets every item pass. */
  ItemRule ANY = NoRule.ANY;

  /** A predicate on metadata that Flink can ship. */
  interface MetadataPredicate extends Predicate<ItemMetadata>, Serializable {}

  /**
   * Decides about one item.
   *
   * @param metadata of the item, or null if there are none
   * @return whether it may be recommended
   */
  boolean allows(ItemMetadata metadata);

  /**
   * Lets pass what fulfils a predicate; items without metadata do not pass.
   *
   * @param predicate called with metadata only
   * @return the rule
   */
  static ItemRule allow(MetadataPredicate predicate) {
    return metadata -> metadata != null && predicate.test(metadata);
  }

  /**
   * Holds back what fulfils a predicate; items without metadata pass.
   *
   * @param predicate called with metadata only
   * @return the rule
   */
  static ItemRule deny(MetadataPredicate predicate) {
    return metadata -> metadata == null || !predicate.test(metadata);
  }

  /**
   * Lets pass what fulfils an expression, see {@link ItemExpression}; where it is unknown whether
   * an item does, because it lacks an attribute, the item does not pass.
   *
   * @param expression for example {@code stock > 0 and category != "outlet"}
   * @return the rule
   * @throws IllegalArgumentException if it does not parse; the message shows where
   */
  static ItemRule expression(String expression) {
    ItemExpression parsed = ItemExpression.parse(expression);
    return metadata -> parsed.test(metadata) == ItemExpression.Truth.TRUE;
  }

  /**
   * Lets pass what fulfils an expression, and that of which it is unknown.
   *
   * @param expression as in {@link #expression}
   * @return the rule
   * @throws IllegalArgumentException if it does not parse; the message shows where
   */
  static ItemRule expressionOrUnknown(String expression) {
    ItemExpression parsed = ItemExpression.parse(expression);
    return metadata -> parsed.test(metadata) != ItemExpression.Truth.FALSE;
  }

  /**
   * Lets pass what passes both rules.
   *
   * @param other rule
   * @return the rule
   */
  default ItemRule and(ItemRule other) {
    return metadata -> allows(metadata) && other.allows(metadata);
  }
}
