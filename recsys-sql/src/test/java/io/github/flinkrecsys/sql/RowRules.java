/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import java.util.Arrays;
import org.apache.flink.types.Row;

/**
 * Which rows of {@link HostileRowsTest} a function must pass over, by the rules of the page, stated
 * a second time. Belongs to one partition, as in {@code TOP_K} the first item decides on others.
 */
final class RowRules {
  private static final int MAX_ID_LENGTH = 1_024;
  private static final int MAX_FACTORS = 4_096;
  private static final double MAX_WEIGHT = 1e9;

  private final String function;

  /** Of the first item; 0 before it. */
  private int factors;

  RowRules(String function) {
    this.function = function;
  }

  /** Tells whether the next row is passed over. */
  boolean refuse(String table, Row row, long at) {
    return switch (function) {
      case "top_k" -> !isOfModel(row, at);
      case "item_counts" -> !isPair(row, at);
      case "item_neighbors" -> !isPair(row, at) || !isCount(row.getField(4));
      // A list stands for itself, whatever it holds.
      default -> table.equals("input") && !isInteraction(row, at);
    };
  }

  private static boolean isInteraction(Row row, long at) {
    Object type = row.getField(3);
    Object weight = row.getField(4);
    return isId(row.getField(1))
        && isId(row.getField(2))
        && (type == null || isId(type))
        && (weight == null || isFinite(weight))
        && at >= 0;
  }

  private static boolean isPair(Row row, long at) {
    return isId(row.getField(0))
        && isId(row.getField(1))
        && isWeight(row.getField(2))
        && isWeight(row.getField(3))
        && at >= 0;
  }

  private boolean isOfModel(Row row, long at) {
    boolean isItem = "ITEM".equals(row.getField(1));
    Float[] vector = row.getFieldAs(3);
    if (!isId(row.getField(2))
        || vector == null
        || vector.length < 1
        || vector.length > MAX_FACTORS
        || !Arrays.stream(vector).allMatch(RowRules::isFinite)
        || !isFinite(row.getField(4))
        || isItem && !isCount(row.getField(5))
        || factors > 0 && vector.length != factors) {
      return false;
    }
    if (isItem) {
      factors = vector.length;
      return true;
    }
    // The length of a type counts where it goes into state.
    boolean hasType = row.getField(8) instanceof String type && !type.isEmpty();
    return isId(row.getField(7)) && hasType && at >= 0;
  }

  private static boolean isId(Object value) {
    return value instanceof String id && !id.isEmpty() && id.length() <= MAX_ID_LENGTH;
  }

  private static boolean isFinite(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }

  private static boolean isWeight(Object value) {
    return isFinite(value) && Math.abs(((Number) value).doubleValue()) <= MAX_WEIGHT;
  }

  private static boolean isCount(Object value) {
    return value instanceof Number number && !Double.isNaN(number.doubleValue());
  }
}
