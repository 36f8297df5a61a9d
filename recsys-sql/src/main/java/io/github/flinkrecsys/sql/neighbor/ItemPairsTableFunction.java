/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.neighbor;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.neighbor.RecentItemIds;
import io.github.flinkrecsys.sql.table.Call;
import io.github.flinkrecsys.sql.table.CheckedTableFunction;
import io.github.flinkrecsys.sql.table.InteractionReader;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.types.Row;

/**
 * {@code ITEM_PAIRS(input => TABLE interactions PARTITION BY user_id, on_time => DESCRIPTOR(ts))}:
 * pairs the item of each interaction with the user's recent ones, for {@code ITEM_COUNTS}.
 *
 * <p>Insert-only. State per user: the newest {@code recent_window} items, freed after {@value #TTL}
 * without an interaction (wall-clock).
 */
@FunctionHint(
    output =
        @DataTypeHint("ROW<item_id STRING, neighbor_id STRING, forward FLOAT, backward FLOAT>"))
public final class ItemPairsTableFunction extends CheckedTableFunction {
  /** Silence after which a user or an item is forgotten. */
  public static final String TTL = "365 d";

  private static final long serialVersionUID = 1L;

  private transient InteractionReader reader;
  private transient NeighborConfig config;

  /** Makes the function. */
  public ItemPairsTableFunction() {}

  @Override
  protected void check(Call call) {
    InteractionReader.check(call.columns("input"));
    config(call.literal("recent_window", Integer.class, null));
  }

  private static NeighborConfig config(Integer window) {
    NeighborConfig.Builder builder = NeighborConfig.builder();
    if (window != null) {
      builder.window(Checks.between("recent_window", window, 1, 1000));
    }
    return builder.build();
  }

  @Override
  public void open(FunctionContext context) {
    reader = new InteractionReader("input", context);
  }

  /**
   * Pairs one interaction.
   *
   * @param context of the call
   * @param recent state
   * @param input row of interactions
   * @param window how many recent items are paired, 1 to 1000, default 20
   */
  public void eval(
      Context context,
      @StateHint(name = "recent_items", ttl = TTL) RecentItemIds recent,
      @ArgumentHint(
              name = "input",
              value = {ArgumentTrait.SET_SEMANTIC_TABLE, ArgumentTrait.REQUIRE_ON_TIME})
          Row input,
      @ArgumentHint(name = "recent_window", isOptional = true) Integer window) {
    if (config == null) {
      config = config(window);
    }
    Interaction interaction = reader.read(context, input);
    if (interaction != null) {
      recent.pair(
          interaction.itemId(),
          1,
          interaction.timestampMillis(),
          config,
          pair ->
              collect(Row.of(pair.itemId(), pair.neighborId(), pair.forward(), pair.backward())));
    }
  }
}
