/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.neighbor;

import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import io.github.flinkrecsys.sql.table.Columns;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.types.Row;

/** Reads the rows of {@code ITEM_PAIRS} and {@code ITEM_COUNTS}. Belongs to one subtask. */
final class PairRows {
  private static final String INPUT = "input";

  /** ITEM_PAIRS gives 1 at most; sums of what is near the end of floats would be infinite. */
  private static final double MAX_WEIGHT = 1e9;

  private final boolean counted;
  private final Counter deadLetters;
  private final ReasonCounters reasons;
  private Positions positions;

  private record Positions(int item, int neighbor, int forward, int backward, int count) {
    static Positions of(Columns columns, boolean counted) {
      return new Positions(
          columns.string("item_id"),
          columns.string("neighbor_id"),
          columns.number("forward"),
          columns.number("backward"),
          counted ? columns.number("neighbor_count") : Columns.NONE);
    }
  }

  PairRows(boolean counted, FunctionContext context) {
    this.counted = counted;
    this.deadLetters = context.getMetricGroup().counter(MetricNames.DEAD_LETTERS);
    this.reasons = new ReasonCounters(context.getMetricGroup());
  }

  static void check(Columns columns, boolean counted) {
    Positions.of(columns, counted);
  }

  /** Reads one row; null if it is no pair, which is counted. */
  ItemPair read(ProcessTableFunction.Context context, Row row) {
    if (positions == null) {
      positions =
          Positions.of(new Columns(INPUT, context.tableSemanticsFor(INPUT).dataType()), counted);
    }
    long time = context.timeContext(Long.class).time();
    String violation =
        time < 0 ? "timestampMillis must be non-negative, got " + time : violation(row);
    if (violation != null) {
      deadLetters.inc();
      reasons.inc(violation);
      return null;
    }
    return new ItemPair(
        row.getFieldAs(positions.item),
        row.getFieldAs(positions.neighbor),
        row.<Number>getFieldAs(positions.forward).floatValue(),
        row.<Number>getFieldAs(positions.backward).floatValue(),
        counted ? row.<Number>getFieldAs(positions.count).doubleValue() : DecayedCount.EMPTY,
        time);
  }

  private String violation(Row row) {
    String violation = Interactions.idViolation("item_id", row.getFieldAs(positions.item));
    if (violation == null) {
      violation = Interactions.idViolation("neighbor_id", row.getFieldAs(positions.neighbor));
    }
    if (violation == null) {
      violation = noWeight("forward", row.getField(positions.forward));
    }
    if (violation == null) {
      violation = noWeight("backward", row.getField(positions.backward));
    }
    if (violation == null && counted) {
      Object count = row.getField(positions.count);
      // That of an item which nobody has had is negative infinity.
      boolean isCount = count instanceof Number number && !Double.isNaN(number.doubleValue());
      violation = isCount ? null : "neighbor_count must be a number, got " + count;
    }
    return violation;
  }

  private static String noWeight(String column, Object value) {
    return value instanceof Number number && Math.abs(number.doubleValue()) <= MAX_WEIGHT
        ? null
        : column + " must be a number between -1.0E9 and 1.0E9, got " + value;
  }
}
