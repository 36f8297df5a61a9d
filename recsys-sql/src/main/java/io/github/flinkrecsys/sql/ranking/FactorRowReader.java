/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.ranking;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.sql.factorization.FactorRows;
import io.github.flinkrecsys.sql.table.Columns;
import java.util.Arrays;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.types.Row;

/** Reads the rows of {@code FACTORIZE}. Belongs to one subtask. */
final class FactorRowReader {
  private static final String INPUT = "input";

  /** As FACTORIZE bounds them. */
  private static final int MAX_FACTORS = 4_096;

  private Positions positions;

  private record Positions(
      int side, int id, int factors, int bias, int popularity, int item, int type) {
    static Positions of(Columns columns) {
      return new Positions(
          columns.string("side"),
          columns.string("id"),
          columns.floats("factors"),
          columns.number("bias"),
          columns.number("popularity"),
          columns.string("item_id"),
          columns.string("event_type"));
    }
  }

  static void check(Columns columns) {
    Positions.of(columns);
  }

  void open(ProcessTableFunction.Context context) {
    if (positions == null) {
      positions = Positions.of(new Columns(INPUT, context.tableSemanticsFor(INPUT).dataType()));
    }
  }

  /** Tells why a row is none of FACTORIZE, or null if it is one. */
  String violation(Row row) {
    String violation = Interactions.idViolation("id", id(row));
    if (violation != null) {
      return violation;
    }
    Object[] factors = row.getFieldAs(positions.factors);
    if (factors != null && (factors.length < 1 || factors.length > MAX_FACTORS)) {
      return "factors must be 1 to " + MAX_FACTORS + " numbers, got " + factors.length;
    }
    if (factors == null || !Arrays.stream(factors).allMatch(FactorRowReader::isFinite)) {
      return "factors must be finite numbers, got " + Arrays.toString(factors);
    }
    if (!isFinite(row.getField(positions.bias))) {
      return "bias must be a finite number, got " + row.getField(positions.bias);
    }
    // The count of an item that nobody has had is negative infinity.
    boolean isCount =
        row.getField(positions.popularity) instanceof Number count
            && !Double.isNaN(count.doubleValue());
    return !isItem(row) || isCount
        ? null
        : "popularity must be a number, got " + row.getField(positions.popularity);
  }

  private static boolean isFinite(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }

  boolean isItem(Row row) {
    return FactorRows.ITEM.equals(row.getField(positions.side));
  }

  String id(Row row) {
    return row.getFieldAs(positions.id);
  }

  double popularity(Row row) {
    return row.<Number>getFieldAs(positions.popularity).doubleValue();
  }

  Interaction interaction(Row row, long atMillis) {
    return new Interaction(
        id(row), row.getFieldAs(positions.item), row.getFieldAs(positions.type), 1, atMillis);
  }

  /** Gives factors, then bias. */
  float[] vector(Row row) {
    Float[] factors = row.getFieldAs(positions.factors);
    float[] vector = new float[factors.length + 1];
    for (int i = 0; i < factors.length; i++) {
      vector[i] = factors[i];
    }
    vector[factors.length] = row.<Number>getFieldAs(positions.bias).floatValue();
    return vector;
  }
}
