/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.neighbor;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.sql.table.Columns;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.types.Row;

/** Reads the rows of {@code ITEM_PAIRS} and {@code ITEM_COUNTS}. Belongs to one subtask. */
final class PairRows {
  private static final String INPUT = "input";

  private final boolean counted;
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

  PairRows(boolean counted) {
    this.counted = counted;
  }

  static void check(Columns columns, boolean counted) {
    Positions.of(columns, counted);
  }

  ItemPair read(ProcessTableFunction.Context context, Row row) {
    if (positions == null) {
      positions =
          Positions.of(new Columns(INPUT, context.tableSemanticsFor(INPUT).dataType()), counted);
    }
    return new ItemPair(
        row.getFieldAs(positions.item),
        row.getFieldAs(positions.neighbor),
        row.<Number>getFieldAs(positions.forward).floatValue(),
        row.<Number>getFieldAs(positions.backward).floatValue(),
        counted ? row.<Number>getFieldAs(positions.count).doubleValue() : DecayedCount.EMPTY,
        context.timeContext(Long.class).time());
  }
}
