/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.rule;

import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;

/**
 * A condition on the metadata of items, written as text.
 *
 * <pre>
 * stock &gt; 0 and not (category in ("outlet", "returns") or brand == "x")
 * </pre>
 *
 * <table>
 * <caption>Grammar</caption>
 * <tr><td>comparison</td><td>{@code name op literal} with {@code == != < <= > >=}; strings only with
 *     {@code ==} and {@code !=}</td></tr>
 * <tr><td>membership</td><td>{@code name in (literal, ...)}, {@code name not in (literal, ...)}, of
 *     literals of one kind</td></tr>
 * <tr><td>presence</td><td>{@code exists(name)}</td></tr>
 * <tr><td>logic</td><td>{@code not}, {@code and}, {@code or}, in this order of precedence, and
 *     parentheses</td></tr>
 * <tr><td>literal</td><td>a number such as {@code -1.5e3}, which is compared with the feature of the
 *     name, or a string in single or double quotes, which is compared with the attribute; a quote or
 *     backslash within it is written after a backslash</td></tr>
 * <tr><td>name</td><td>letters, digits, {@code _ . -}, not starting with a digit or {@code -}, and no
 *     keyword; any other name in backticks</td></tr>
 * </table>
 *
 * <p>What an item lacks is unknown, neither true nor false, and so is what depends on it, as in
 * SQL: {@code not} of unknown is unknown, {@code or} with something true is true, {@code and} with
 * something false is false. {@code exists} is never unknown.
 *
 * <p>At most {@value #MAX_LENGTH} characters and {@value #MAX_DEPTH} levels of parentheses and
 * {@code not}.
 */
public final class ItemExpression implements Serializable {
  /** Longest expression. */
  public static final int MAX_LENGTH = 10_000;

  /** Deepest nesting. */
  public static final int MAX_DEPTH = 100;

  private static final long serialVersionUID = 1L;

  private final String text;
  private final Condition condition;

  /** What is known of an item's fulfilling an expression. */
  public enum Truth {
    /** It does. */
    TRUE,
    /** It does not. */
    FALSE,
    /** It lacks what would tell. */
    UNKNOWN;

    Truth not() {
      return this == TRUE ? FALSE : this == FALSE ? TRUE : UNKNOWN;
    }

    static Truth of(boolean value) {
      return value ? TRUE : FALSE;
    }
  }

  /** A part of an expression. */
  interface Condition extends Serializable {
    Truth test(ItemMetadata metadata);
  }

  private ItemExpression(String text, Condition condition) {
    this.text = text;
    this.condition = condition;
  }

  /**
   * Parses an expression.
   *
   * @param text of at most {@value #MAX_LENGTH} characters
   * @return the expression
   * @throws IllegalArgumentException if it does not parse; the message shows where
   */
  public static ItemExpression parse(String text) {
    Checks.notNull("expression", text);
    return new ItemExpression(text, new ExpressionParser(text).parse());
  }

  /**
   * Tells whether an item fulfils the expression.
   *
   * @param metadata of the item, or null if there are none
   * @return unknown if it lacks what would tell
   */
  public Truth test(ItemMetadata metadata) {
    return condition.test(metadata);
  }

  @Override
  public String toString() {
    return text;
  }
}
