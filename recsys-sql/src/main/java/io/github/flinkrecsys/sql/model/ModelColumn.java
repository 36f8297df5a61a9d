/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.model;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.inference.model.ElementType;
import java.io.Serializable;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * A column of a model in SQL: a number, or an array of as many as an option says.
 *
 * @param name of the column
 * @param isArray whether it is an array
 * @param element type of the number or of the elements: FLOAT, DOUBLE, INTEGER or BIGINT
 * @param width elements of the array, 1 for a number
 */
record ModelColumn(String name, boolean isArray, LogicalTypeRoot element, int width)
    implements Serializable {
  private static final int MAX_SHOWN = 200;
  private static final int MAX_WIDTH = 10_000_000;
  private static final String WANTED = "FLOAT, DOUBLE, INT, BIGINT or an ARRAY of one of them";

  static ModelColumn of(String name, LogicalType type, Map<String, String> options) {
    boolean isArray = type.is(LogicalTypeRoot.ARRAY);
    LogicalType element = isArray ? type.getChildren().get(0) : type;
    switch (element.getTypeRoot()) {
      case FLOAT, DOUBLE, INTEGER, BIGINT -> {
        int width = isArray ? width(name, options) : 1;
        return new ModelColumn(name, isArray, element.getTypeRoot(), width);
      }
      default ->
          throw new IllegalArgumentException(
              "column "
                  + name
                  + " must be "
                  + WANTED
                  + ", got "
                  + shortened(type.asSummaryString()));
    }
  }

  private static String shortened(String value) {
    return value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "...";
  }

  private static int width(String name, Map<String, String> options) {
    String option = name + OnnxModelProviderFactory.WIDTH;
    String value = options.get(option);
    if (value == null) {
      throw new IllegalArgumentException(
          "array column "
              + name
              + " must have its number of elements in option "
              + option
              + ", got none");
    }
    try {
      return Checks.between("option " + option, Integer.parseInt(value.strip()), 1, MAX_WIDTH);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "option " + option + " must be a whole number, got " + shortened(value), e);
    }
  }

  ElementType elementType() {
    return element == LogicalTypeRoot.FLOAT || element == LogicalTypeRoot.DOUBLE
        ? ElementType.FLOAT
        : ElementType.INT64;
  }

  /** Tells why a row has not all elements of this column, or null if it has. */
  String violation(RowData row, int position) {
    if (row.isNullAt(position)) {
      return name + " must not be NULL, got NULL";
    }
    if (!isArray) {
      return null;
    }
    ArrayData array = row.getArray(position);
    if (array.size() != width) {
      return name + " must have " + width + " elements, got " + array.size();
    }
    for (int i = 0; i < width; i++) {
      if (array.isNullAt(i)) {
        return name + " must not hold NULL, got NULL as element " + (i + 1);
      }
    }
    return null;
  }

  /** Copies the elements of a row without a violation, from an index on. */
  void copy(RowData row, int position, float[] into, int from) {
    for (int i = 0; i < width; i++) {
      into[from + i] = number(row, position, i).floatValue();
    }
  }

  /** Copies the elements of a row without a violation. */
  long[] indices(RowData row, int position) {
    long[] indices = new long[width];
    for (int i = 0; i < width; i++) {
      indices[i] = number(row, position, i).longValue();
    }
    return indices;
  }

  private Number number(RowData row, int position, int i) {
    if (!isArray) {
      return cast(((GenericRowData) row).getField(position));
    }
    ArrayData array = row.getArray(position);
    return switch (element) {
      case FLOAT -> array.getFloat(i);
      case DOUBLE -> array.getDouble(i);
      case INTEGER -> array.getInt(i);
      default -> array.getLong(i);
    };
  }

  /**
   * Flink 2.3.0 takes a column of a type that could be cast to the model's, an INT for a FLOAT, and
   * casts neither; the row, made by {@code PredictFunction.eval}, holds what the table holds.
   */
  private static Number cast(Object value) {
    return value instanceof DecimalData decimal ? decimal.toBigDecimal() : (Number) value;
  }
}
