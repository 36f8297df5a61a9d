/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * How lines of interactions are delimited.
 *
 * @param separator between fields; any character but a quote, a line break or a letter or digit
 * @param columns names of the fields in their order; must name {@code userId}, {@code itemId} and
 *     {@code timestampMillis}, may name {@code type} and {@code weight}; fields of any other name
 *     are ignored
 * @param headerRequired whether a line that comes before any header is malformed, instead of being
 *     read by {@code columns}
 */
public record DelimitedConfig(char separator, List<String> columns, boolean headerRequired)
    implements Serializable {
  static final String USER_ID = "userId";
  static final String ITEM_ID = "itemId";
  static final String TYPE = "type";
  static final String WEIGHT = "weight";
  static final String TIMESTAMP_MILLIS = "timestampMillis";

  /** The columns that are assumed: {@code userId, itemId, type, weight, timestampMillis}. */
  public static final List<String> DEFAULT_COLUMNS =
      List.of(USER_ID, ITEM_ID, TYPE, WEIGHT, TIMESTAMP_MILLIS);

  /**
   * Checks and copies.
   *
   * @param separator between fields
   * @param columns names of the fields in their order
   * @param headerRequired whether a header must come first
   * @throws IllegalArgumentException if the separator could be part of a plain field, or a required
   *     column is missing or a column is named twice
   */
  public DelimitedConfig {
    Checks.require(
        separator != '"'
            && separator != '\n'
            && separator != '\r'
            && !Character.isLetterOrDigit(separator),
        "separator",
        "no quote, line break, letter or digit",
        separator);
    columns = Checks.copyOf("columns", columns);
    Checks.require(new HashSet<>(columns).size() == columns.size(), "columns", "distinct", columns);
    Checks.require(isHeader(columns), "columns", "userId, itemId and timestampMillis", columns);
  }

  /**
   * Comma-separated values in the default order.
   *
   * @return the config; a header in another order is followed where one is met
   */
  public static DelimitedConfig csv() {
    return new DelimitedConfig(',', DEFAULT_COLUMNS, false);
  }

  /**
   * Tab-separated values in the default order.
   *
   * @return the config; a header in another order is followed where one is met
   */
  public static DelimitedConfig tsv() {
    return new DelimitedConfig('\t', DEFAULT_COLUMNS, false);
  }

  /**
   * The same with other columns.
   *
   * @param columns names of the fields in their order
   * @return a changed copy
   * @throws IllegalArgumentException if the columns are refused
   */
  public DelimitedConfig withColumns(String... columns) {
    return new DelimitedConfig(separator, List.of(columns), headerRequired);
  }

  /**
   * The same, but only lines that follow a header are read.
   *
   * @return a changed copy
   */
  public DelimitedConfig requiringHeader() {
    return new DelimitedConfig(separator, columns, true);
  }

  /** Tells whether these are column names: no record has all three as its values. */
  static boolean isHeader(List<String> fields) {
    return fields.contains(USER_ID)
        && fields.contains(ITEM_ID)
        && fields.contains(TIMESTAMP_MILLIS);
  }
}
