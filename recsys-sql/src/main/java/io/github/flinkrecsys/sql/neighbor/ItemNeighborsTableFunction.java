/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.neighbor;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.NeighborList;
import io.github.flinkrecsys.core.neighbor.NeighborListRule;
import io.github.flinkrecsys.core.neighbor.SimilarItems;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.sql.factorization.Popularity;
import io.github.flinkrecsys.sql.table.Call;
import io.github.flinkrecsys.sql.table.CheckedTableFunction;
import io.github.flinkrecsys.sql.table.EventTimes;
import java.time.Duration;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.types.Row;

/**
 * {@code ITEM_NEIGHBORS(input => TABLE counted PARTITION BY item_id, on_time =>
 * DESCRIPTOR(rowtime))}: the items that go with each item, out of the rows of {@code ITEM_COUNTS}.
 *
 * <p>A list that has changed is sent once per {@code send_every} of event time, best neighbour
 * first. Insert-only: the newest row of an item counts. State per item: at most {@code
 * max_neighbors} neighbours, freed after {@value ItemPairsTableFunction#TTL} without a pair
 * (wall-clock).
 */
@FunctionHint(
    output =
        @DataTypeHint("ROW<neighbors ARRAY<ROW<item_id STRING, forward FLOAT, backward FLOAT>>>"))
public final class ItemNeighborsTableFunction extends CheckedTableFunction {
  private static final long serialVersionUID = 1L;
  private static final String SEND = "send";

  private transient PairRows rows;
  private transient Settings settings;

  private record Settings(int k, NeighborConfig neighbors, DecayedCount decay, long everyMillis) {
    static Settings of(Integer k, Integer maxNeighbors, Duration halfLife, Duration sendEvery) {
      NeighborConfig.Builder lists = NeighborConfig.builder();
      if (maxNeighbors != null) {
        lists.maxNeighbors(Checks.between("max_neighbors", maxNeighbors, 1, 10_000));
      }
      Duration every = sendEvery == null ? Duration.ofMinutes(1) : sendEvery;
      return new Settings(
          k == null ? 10 : Checks.between("k", k, 1, 1000),
          lists.build(),
          Popularity.decay(halfLife),
          Checks.positive("send_every", every).toMillis());
    }
  }

  /** Makes the function. */
  public ItemNeighborsTableFunction() {}

  @Override
  protected void check(Call call) {
    PairRows.check(call.columns("input"), true);
    Settings.of(
        call.literal("k", Integer.class, null),
        call.literal("max_neighbors", Integer.class, null),
        call.literal("half_life", Duration.class, null),
        call.literal("send_every", Duration.class, null));
  }

  @Override
  public void open(FunctionContext context) {
    rows = new PairRows(true, context);
  }

  /**
   * Takes up one pair.
   *
   * @param context of the call
   * @param list state
   * @param schedule state
   * @param input row of {@code ITEM_COUNTS}
   * @param k neighbours per list that is sent, 1 to 1000, default 10
   * @param maxNeighbors neighbours that are kept, 1 to 10000, default 300
   * @param halfLife that of {@code ITEM_COUNTS}, default 90 days
   * @param sendEvery event time between two lists of an item, default 1 minute
   */
  public void eval(
      Context context,
      @StateHint(name = "neighbor_list", ttl = ItemPairsTableFunction.TTL) NeighborList list,
      @StateHint(name = "schedule", ttl = ItemPairsTableFunction.TTL) NeighborSchedule schedule,
      @ArgumentHint(
              name = "input",
              value = {ArgumentTrait.SET_SEMANTIC_TABLE, ArgumentTrait.REQUIRE_ON_TIME})
          Row input,
      @ArgumentHint(name = "k", isOptional = true) Integer k,
      @ArgumentHint(name = "max_neighbors", isOptional = true) Integer maxNeighbors,
      @ArgumentHint(name = "half_life", isOptional = true) Duration halfLife,
      @ArgumentHint(name = "send_every", isOptional = true) Duration sendEvery) {
    if (settings == null) {
      settings = Settings.of(k, maxNeighbors, halfLife, sendEvery);
    }
    ItemPair pair = rows.read(context, input);
    if (pair == null) {
      return;
    }
    new NeighborListRule(settings.neighbors, settings.decay).add(list, pair);
    schedule.itemId = pair.itemId();
    schedule.k = settings.k;
    schedule.halfLifeMillis = settings.decay.halfLifeMillis();
    if (list.unsent == 1) {
      long due = EventTimes.endOfInterval(pair.timestampMillis(), settings.everyMillis);
      context.timeContext(Long.class).registerOnTime(SEND, due);
    }
  }

  /**
   * Sends the list.
   *
   * @param context of the timer
   * @param list state
   * @param schedule state
   */
  public void onTimer(OnTimerContext context, NeighborList list, NeighborSchedule schedule) {
    list.unsent = 0;
    if (list.size == 0) {
      return;
    }
    NeighborListRule rule =
        new NeighborListRule(
            NeighborConfig.builder().build(), new DecayedCount(schedule.halfLifeMillis));
    SimilarItems similar = rule.read(schedule.itemId, list, schedule.k, list.lastSeenMillis);
    Row[] neighbors = new Row[similar.neighborIds().length];
    for (int n = 0; n < neighbors.length; n++) {
      neighbors[n] = Row.of(similar.neighborIds()[n], similar.forward()[n], similar.backward()[n]);
    }
    collect(Row.of((Object) neighbors));
  }
}
