/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.evaluation;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.evaluation.ServedLists;
import io.github.flinkrecsys.sql.table.Call;
import io.github.flinkrecsys.sql.table.CheckedTableFunction;
import io.github.flinkrecsys.sql.table.Columns;
import io.github.flinkrecsys.sql.table.InteractionReader;
import java.util.Arrays;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.types.Row;

/**
 * {@code PREQUENTIAL(input => TABLE interactions PARTITION BY user_id, lists => TABLE
 * recommendations PARTITION BY user_id, on_time => DESCRIPTOR(ts))}: judges lists by what the user
 * did next.
 *
 * <p>An interaction is judged when the watermark has passed it, against the user's newest list of
 * before its time, so the order in which the two tables arrive does not matter; without a list it
 * is not judged. One row per judged interaction, for averages in SQL. Insert-only. State per user:
 * lists and interactions since the watermark, at most {@value #MAX_LISTS} lists, freed after
 * {@value #TTL} without a row (wall-clock).
 */
@FunctionHint(
    output =
        @DataTypeHint(
            "ROW<item_id STRING, place INT, recall DOUBLE, reciprocal_rank DOUBLE, ndcg DOUBLE>"))
public final class PrequentialTableFunction extends CheckedTableFunction {
  /** Lists kept per user. */
  public static final int MAX_LISTS = 256;

  /** Silence after which a user is forgotten. */
  public static final String TTL = "30 d";

  private static final int MAX_K = 1_000;
  private static final long serialVersionUID = 1L;
  private static final String JUDGE = "judge";

  private transient InteractionReader reader;
  private transient int itemsColumn;

  /** Makes the function. */
  public PrequentialTableFunction() {}

  @Override
  protected void check(Call call) {
    InteractionReader.check(call.columns("input"));
    call.columns("lists").rowsWithItemId("items");
    Checks.between("k", call.literal("k", Integer.class, 10), 1, MAX_K);
  }

  @Override
  public void open(FunctionContext context) {
    reader = new InteractionReader("input", context);
    itemsColumn = Columns.NONE;
  }

  /**
   * Takes a list or an interaction.
   *
   * @param context of the call
   * @param served state
   * @param pending state
   * @param input row of interactions, or null
   * @param lists row of {@code TOP_K}, or null
   * @param k items of a list that count, 1 to 1000, default 10
   */
  public void eval(
      Context context,
      @StateHint(name = "served_lists", ttl = TTL) ServedLists served,
      @StateHint(name = "pending_choices", ttl = TTL) PendingChoices pending,
      @ArgumentHint(
              name = "input",
              value = {ArgumentTrait.SET_SEMANTIC_TABLE, ArgumentTrait.REQUIRE_ON_TIME})
          Row input,
      @ArgumentHint(
              name = "lists",
              value = {ArgumentTrait.SET_SEMANTIC_TABLE, ArgumentTrait.REQUIRE_ON_TIME})
          Row lists,
      @ArgumentHint(name = "k", isOptional = true) Integer k) {
    if (lists != null) {
      served.add(context.timeContext(Long.class).time(), itemIds(context, lists), MAX_LISTS);
      return;
    }
    Interaction interaction = reader.read(context, input);
    if (interaction != null) {
      pending.k = k == null ? 10 : k;
      pending.add(interaction.timestampMillis(), interaction.itemId());
      context.timeContext(Long.class).registerOnTime(JUDGE, pending.atMillis[0]);
    }
  }

  private String[] itemIds(Context context, Row list) {
    if (itemsColumn == Columns.NONE) {
      itemsColumn =
          new Columns("lists", context.tableSemanticsFor("lists").dataType())
              .rowsWithItemId("items");
    }
    Row[] items = list.getFieldAs(itemsColumn);
    return items == null
        ? new String[0]
        : Arrays.stream(items)
            .limit(MAX_K)
            .map(item -> item == null ? null : idOf(item.getFieldAs(0)))
            .toArray(String[]::new);
  }

  /** What no interaction can be of keeps its place, and is not kept as it is. */
  private static String idOf(String itemId) {
    return Interactions.idViolation("item_id", itemId) == null ? itemId : null;
  }

  /**
   * Judges the interactions that the watermark has passed.
   *
   * @param context of the timer
   * @param served state
   * @param pending state
   */
  public void onTimer(OnTimerContext context, ServedLists served, PendingChoices pending) {
    long now = context.timeContext(Long.class).currentWatermark();
    int done = 0;
    while (done < pending.atMillis.length && pending.atMillis[done] <= now) {
      String[] list = served.before(pending.atMillis[done]);
      if (list != null) {
        judge(list, pending.itemIds[done], pending.k);
      }
      served.forgetBefore(pending.atMillis[done]);
      done++;
    }
    pending.removeFirst(done);
    if (pending.atMillis.length > 0) {
      context.timeContext(Long.class).registerOnTime(JUDGE, pending.atMillis[0]);
    }
  }

  private void judge(String[] list, String itemId, int k) {
    int found = Arrays.asList(list).indexOf(itemId);
    if (found < 0 || found >= k) {
      collect(Row.of(itemId, null, 0.0, 0.0, 0.0));
    } else {
      collect(Row.of(itemId, found + 1, 1.0, 1.0 / (found + 1), Math.log(2) / Math.log(found + 2)));
    }
  }
}
