/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.feature;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.feature.PopularityFunction;
import io.github.flinkrecsys.operators.feature.TrendingState;
import io.github.flinkrecsys.sql.table.Call;
import io.github.flinkrecsys.sql.table.CheckedTableFunction;
import io.github.flinkrecsys.sql.table.EventTimes;
import io.github.flinkrecsys.sql.table.InteractionReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.types.Row;

/**
 * {@code TRENDING(input => TABLE interactions PARTITION BY category, on_time => DESCRIPTOR(ts))}:
 * the leading items of each partition by interactions that decay.
 *
 * <p>A list that has changed is sent once per {@code send_every} of event time, one row per item.
 * Insert-only. State per partition: a count per item, dropped within one half-life after it has
 * decayed to {@value PopularityFunction#FLOOR}, and the list.
 */
@FunctionHint(output = @DataTypeHint("ROW<place INT, item_id STRING, score DOUBLE>"))
public final class TrendingTableFunction extends CheckedTableFunction {
  private static final long serialVersionUID = 1L;
  private static final String SEND = "send";
  private static final String PURGE = "purge";

  private transient InteractionReader reader;
  private transient Settings settings;

  private record Settings(int size, Duration halfLife, Duration every) {
    static Settings of(Integer size, Duration halfLife, Duration every) {
      return new Settings(
          size == null ? 10 : size,
          halfLife == null ? Duration.ofDays(1) : halfLife,
          every == null ? Duration.ofMinutes(1) : every);
    }

    Settings {
      Checks.between("size", size, 1, 10_000);
      Checks.positive("half_life", halfLife);
      Checks.positive("send_every", every);
    }
  }

  /** Makes the function. */
  public TrendingTableFunction() {}

  @Override
  protected void check(Call call) {
    InteractionReader.check(call.columns("input"));
    Settings.of(
        call.literal("size", Integer.class, null),
        call.literal("half_life", Duration.class, null),
        call.literal("send_every", Duration.class, null));
  }

  @Override
  public void open(FunctionContext context) {
    reader = new InteractionReader("input", context);
  }

  /**
   * Counts one interaction.
   *
   * @param context of the call
   * @param counts state: stored form of the count by item
   * @param list state
   * @param schedule state
   * @param input row of interactions
   * @param size of the list, 1 to 10000, default 10
   * @param halfLife event time after which an interaction counts half, default 1 day
   * @param every event time between two lists, default 1 minute
   * @throws Exception if the state backend fails
   */
  public void eval(
      Context context,
      @StateHint(name = "counts", ttl = NO_TTL) MapView<String, Double> counts,
      @StateHint(name = "trending", ttl = NO_TTL) TrendingState list,
      @StateHint(name = "schedule", ttl = NO_TTL) TrendSchedule schedule,
      @ArgumentHint(
              name = "input",
              value = {ArgumentTrait.SET_SEMANTIC_TABLE, ArgumentTrait.REQUIRE_ON_TIME})
          Row input,
      @ArgumentHint(name = "size", isOptional = true) Integer size,
      @ArgumentHint(name = "half_life", isOptional = true) Duration halfLife,
      @ArgumentHint(name = "send_every", isOptional = true) Duration every)
      throws Exception {
    if (settings == null) {
      settings = Settings.of(size, halfLife, every);
    }
    Interaction interaction = reader.read(context, input);
    if (interaction == null) {
      return;
    }
    long at = interaction.timestampMillis();
    schedule.halfLifeMillis = settings.halfLife.toMillis();
    schedule.asOfMillis = Math.max(schedule.asOfMillis, at);
    DecayedCount decay = new DecayedCount(schedule.halfLifeMillis);
    Double known = counts.get(interaction.itemId());
    double stored = DecayedCount.add(known == null ? DecayedCount.EMPTY : known, decay.of(1, at));
    counts.put(interaction.itemId(), stored);
    list.unsent |= list.offer(interaction.itemId(), stored, settings.size);
    if (list.unsent && schedule.sendMillis == TrendSchedule.NONE) {
      schedule.sendMillis = EventTimes.endOfInterval(at, settings.every.toMillis());
      context.timeContext(Long.class).registerOnTime(SEND, schedule.sendMillis);
    }
    if (schedule.purgeMillis == TrendSchedule.NONE) {
      schedule.purgeMillis = EventTimes.plus(at, schedule.halfLifeMillis);
      context.timeContext(Long.class).registerOnTime(PURGE, schedule.purgeMillis);
    }
  }

  /**
   * Sends the list, or drops items that are forgotten.
   *
   * @param context of the timer
   * @param counts state
   * @param list state
   * @param schedule state
   * @throws Exception if the state backend fails
   */
  public void onTimer(
      OnTimerContext context,
      MapView<String, Double> counts,
      TrendingState list,
      TrendSchedule schedule)
      throws Exception {
    DecayedCount decay = new DecayedCount(schedule.halfLifeMillis);
    if (SEND.equals(context.currentTimer())) {
      schedule.sendMillis = TrendSchedule.NONE;
      list.unsent = false;
      for (int i = 0; i < list.itemIds.length; i++) {
        double score = decay.valueAt(list.stored[i], schedule.asOfMillis);
        collect(Row.of(i + 1, list.itemIds[i], score));
      }
    } else {
      purge(context, counts, list, schedule, decay);
    }
  }

  private static void purge(
      OnTimerContext context,
      MapView<String, Double> counts,
      TrendingState list,
      TrendSchedule schedule,
      DecayedCount decay)
      throws Exception {
    // The watermark may be years ahead, after a row of long ago; one timer must do for them.
    long now = context.timeContext(Long.class).currentWatermark();
    List<String> forgotten = new ArrayList<>();
    boolean anyLeft = false;
    for (Map.Entry<String, Double> count : counts.entries()) {
      if (decay.reaches(count.getValue(), PopularityFunction.FLOOR) <= now) {
        forgotten.add(count.getKey());
      } else {
        anyLeft = true;
      }
    }
    if (anyLeft || list.unsent) {
      for (String itemId : forgotten) {
        counts.remove(itemId);
      }
      schedule.purgeMillis = EventTimes.plus(now, schedule.halfLifeMillis);
      if (schedule.purgeMillis <= now) {
        // The end of time: such a timer would fire again at once, for ever.
        schedule.purgeMillis = TrendSchedule.NONE;
        return;
      }
      context.timeContext(Long.class).registerOnTime(PURGE, schedule.purgeMillis);
    } else {
      context.clearAll();
    }
  }
}
