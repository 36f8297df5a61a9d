/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.table;

import io.github.flinkrecsys.core.util.Checks;
import java.util.List;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Finds columns of a table argument by name and says in the terms of SQL what is wrong with them.
 */
public final class Columns {
  /** Position of an optional column that a table has not. */
  public static final int NONE = -1;

  private static final int MAX_SHOWN = 1_000;

  private final String argument;
  private final List<String> names;
  private final List<DataType> types;

  /**
   * Looks at a table.
   *
   * @param argument name of the table argument, for messages
   * @param rowType of the table
   */
  public Columns(String argument, DataType rowType) {
    this.argument = argument;
    this.names = LogicalTypeChecks.getFieldNames(rowType.getLogicalType());
    this.types = DataType.getFieldDataTypes(rowType);
  }

  /**
   * Finds a column of strings.
   *
   * @param column its name
   * @return its position
   * @throws IllegalArgumentException if the table has none or one of another type
   */
  public int string(String column) {
    return required(column, LogicalTypeFamily.CHARACTER_STRING, "STRING");
  }

  /**
   * Finds a column of strings that may be missing.
   *
   * @param column its name
   * @return its position or {@link #NONE}
   * @throws IllegalArgumentException if it is of another type
   */
  public int optionalString(String column) {
    return names.contains(column) ? string(column) : NONE;
  }

  /**
   * Finds a column of numbers.
   *
   * @param column its name
   * @return its position
   * @throws IllegalArgumentException if the table has none or one of another type
   */
  public int number(String column) {
    return required(column, LogicalTypeFamily.NUMERIC, "a number");
  }

  /**
   * Finds a column of numbers that may be missing.
   *
   * @param column its name
   * @return its position or {@link #NONE}
   * @throws IllegalArgumentException if it is of another type
   */
  public int optionalNumber(String column) {
    return names.contains(column) ? number(column) : NONE;
  }

  /**
   * Finds a column of arrays of floats.
   *
   * @param column its name
   * @return its position
   * @throws IllegalArgumentException if the table has none or one of another type
   */
  public int floats(String column) {
    int position = position(column, "ARRAY<FLOAT>");
    LogicalType type = types.get(position).getLogicalType();
    boolean isFloats =
        type.is(LogicalTypeRoot.ARRAY) && type.getChildren().get(0).is(LogicalTypeRoot.FLOAT);
    return checked(isFloats, column, "ARRAY<FLOAT>", position);
  }

  /**
   * Finds a column of lists of items.
   *
   * @param column its name
   * @return its position
   * @throws IllegalArgumentException if the table has none, or one that is no array of rows whose
   *     first field is an id
   */
  public int rowsWithItemId(String column) {
    String wanted = "ARRAY<ROW<item_id STRING, ...>>";
    int position = position(column, wanted);
    LogicalType type = types.get(position).getLogicalType();
    LogicalType row = type.is(LogicalTypeRoot.ARRAY) ? type.getChildren().get(0) : type;
    boolean isRows =
        type.is(LogicalTypeRoot.ARRAY)
            && row.is(LogicalTypeRoot.ROW)
            && !row.getChildren().isEmpty()
            && row.getChildren().get(0).is(LogicalTypeFamily.CHARACTER_STRING);
    return checked(isRows, column, wanted, position);
  }

  private int required(String column, LogicalTypeFamily family, String wanted) {
    int position = position(column, wanted);
    return checked(types.get(position).getLogicalType().is(family), column, wanted, position);
  }

  private int checked(boolean isWanted, String column, String wanted, int position) {
    String type = types.get(position).getLogicalType().asSummaryString();
    Checks.require(isWanted, "column " + column + " of table argument " + argument, wanted, type);
    return position;
  }

  private int position(String column, String wanted) {
    int position = names.indexOf(column);
    if (position < 0) {
      String columns = String.join(", ", names);
      throw new IllegalArgumentException(
          "table argument "
              + argument
              + " must have a column "
              + column
              + " ("
              + wanted
              + "), got the columns "
              + (columns.length() > MAX_SHOWN ? columns.substring(0, MAX_SHOWN) + "..." : columns));
    }
    return position;
  }
}
