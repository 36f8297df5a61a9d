/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.table;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.types.Row;

/**
 * Reads interactions out of rows with the columns {@code user_id} and {@code item_id} and, if there
 * are any, {@code event_type} and {@code weight}; the time is that of {@code on_time}.
 *
 * <p>Rows that are no valid interaction are counted and passed over; a process table function has
 * no second output for them. Belongs to one subtask.
 */
public final class InteractionReader {
  private final String argument;
  private final Counter deadLetters;
  private final ReasonCounters reasons;
  private Positions positions;

  private record Positions(int user, int item, int type, int weight) {
    static Positions of(Columns columns) {
      return new Positions(
          columns.string("user_id"),
          columns.string("item_id"),
          columns.optionalString("event_type"),
          columns.optionalNumber("weight"));
    }
  }

  /**
   * Makes a reader.
   *
   * @param argument name of the table argument
   * @param context of the function
   */
  public InteractionReader(String argument, FunctionContext context) {
    this.argument = argument;
    this.deadLetters = context.getMetricGroup().counter(MetricNames.DEAD_LETTERS);
    this.reasons = new ReasonCounters(context.getMetricGroup());
  }

  /**
   * Checks that a table has the columns.
   *
   * @param columns of the table
   * @throws IllegalArgumentException if one is missing or of the wrong type
   */
  public static void check(Columns columns) {
    Positions.of(columns);
  }

  /**
   * Reads one row.
   *
   * @param context of the call
   * @param row of the table
   * @return the interaction, or null if it is none, which is counted
   */
  public Interaction read(ProcessTableFunction.Context context, Row row) {
    if (positions == null) {
      positions =
          Positions.of(new Columns(argument, context.tableSemanticsFor(argument).dataType()));
    }
    Long time = context.timeContext(Long.class).time();
    Object type = positions.type < 0 ? null : row.getField(positions.type);
    Object weight = positions.weight < 0 ? null : row.getField(positions.weight);
    Interaction interaction =
        new Interaction(
            (String) row.getField(positions.user),
            (String) row.getField(positions.item),
            type == null ? Interaction.CLICK : (String) type,
            weight == null ? 1 : ((Number) weight).doubleValue(),
            time == null ? -1 : time);
    String violation = violation(interaction);
    if (violation == null) {
      return interaction;
    }
    refuse(violation);
    return null;
  }

  /** State keeps types beside ids, so they have the same bound. */
  private static String violation(Interaction interaction) {
    String violation = Interactions.violation(interaction);
    return violation == null
        ? Interactions.idViolation("event_type", interaction.type())
        : violation;
  }

  /**
   * Counts a row that is passed over.
   *
   * @param violation the reason
   */
  public void refuse(String violation) {
    deadLetters.inc();
    reasons.inc(violation);
  }
}
