/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.neighbor;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.operators.neighbor.ItemCountState;
import io.github.flinkrecsys.sql.factorization.Popularity;
import io.github.flinkrecsys.sql.table.Call;
import io.github.flinkrecsys.sql.table.CheckedTableFunction;
import java.time.Duration;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.types.Row;

/**
 * {@code ITEM_COUNTS(input => TABLE pairs PARTITION BY neighbor_id, on_time =>
 * DESCRIPTOR(rowtime))}: tells each pair of {@code ITEM_PAIRS} how often its neighbour was
 * interacted with, for {@code ITEM_NEIGHBORS}.
 *
 * <p>Insert-only. State per item: a count, freed after {@value ItemPairsTableFunction#TTL} without
 * a pair (wall-clock).
 */
@FunctionHint(
    output =
        @DataTypeHint("ROW<item_id STRING, forward FLOAT, backward FLOAT, neighbor_count DOUBLE>"))
public final class ItemCountsTableFunction extends CheckedTableFunction {
  private static final long serialVersionUID = 1L;

  private transient PairRows rows;

  /** Makes the function. */
  public ItemCountsTableFunction() {}

  @Override
  protected void check(Call call) {
    PairRows.check(call.columns("input"), false);
    Popularity.decay(call.literal("half_life", Duration.class, null));
  }

  @Override
  public void open(FunctionContext context) {
    rows = new PairRows(false, context);
  }

  /**
   * Counts one pair.
   *
   * @param context of the call
   * @param item state
   * @param input row of {@code ITEM_PAIRS}
   * @param halfLife event time after which an interaction counts half, default 90 days
   */
  public void eval(
      Context context,
      @StateHint(name = "item_count", ttl = ItemPairsTableFunction.TTL) ItemCountState item,
      @ArgumentHint(
              name = "input",
              value = {ArgumentTrait.SET_SEMANTIC_TABLE, ArgumentTrait.REQUIRE_ON_TIME})
          Row input,
      @ArgumentHint(name = "half_life", isOptional = true) Duration halfLife) {
    ItemPair pair = rows.read(context, input);
    if (pair == null) {
      return;
    }
    long at = pair.timestampMillis();
    item.lastSeenMillis = Math.max(item.lastSeenMillis, at);
    if (pair.isSelf()) {
      item.count = DecayedCount.add(item.count, Popularity.decay(halfLife).of(pair.forward(), at));
    }
    collect(Row.of(pair.itemId(), pair.forward(), pair.backward(), item.count));
  }
}
