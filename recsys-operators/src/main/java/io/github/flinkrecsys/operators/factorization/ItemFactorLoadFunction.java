/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import io.github.flinkrecsys.core.replica.ModelDeltas;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Owns the factors of an item as {@link ItemFactorFunction} does, and takes over vectors of offline
 * models. Both inputs are keyed by item. It has the same state and may take the place of the other
 * in a savepoint.
 *
 * <p>An item that nobody has interacted with takes the model's vector as it is; of another one,
 * {@link ModelSettings#learnedShare} of what was learned is kept. Its bias stays. An older model
 * never replaces a newer one. What the change adds goes to {@link #MODEL_DELTAS}, for all replicas:
 * only the owner knows the vector exactly, and sums commute with steps that are on their way.
 *
 * <p>Neither input carries event time: an older model that comes later changes nothing, and a delta
 * is added whenever it comes.
 *
 * <p>Side outputs: {@link #MODEL_DELTAS} and {@link DeadLetter#TAG}. State: {@value
 * ItemFactorFunction#STATE}, one per item, never freed; bounded as that of {@link
 * ItemFactorFunction}, and by the items of the models.
 */
public final class ItemFactorLoadFunction
    extends KeyedCoProcessFunction<String, ItemDelta, ModelRow, ItemFactor> {
  /** What rows of models add to items. */
  public static final OutputTag<ModelDeltas> MODEL_DELTAS =
      new OutputTag<>("recsys-model-deltas", TypeInformation.of(ModelDeltas.class));

  private static final long serialVersionUID = 1L;

  private final ReplicaConfig items;
  private final double learnedShare;

  private transient ItemFactorOwner owner;
  private transient Counter modelRows;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;

  /**
   * Makes the function.
   *
   * @param model whose items it owns
   */
  public ItemFactorLoadFunction(ModelSettings model) {
    this.items = Checks.notNull("model", model).replica().items();
    this.learnedShare = model.learnedShare();
  }

  @Override
  public void open(OpenContext openContext) {
    owner =
        new ItemFactorOwner(
            items,
            ItemFactorFunction.MAX_UNSENT,
            ItemFactorFunction.MAX_DELAY.toMillis(),
            getRuntimeContext());
    modelRows = getRuntimeContext().getMetricGroup().counter(MetricNames.MODEL_ROWS);
    deadLetters = getRuntimeContext().getMetricGroup().counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement1(ItemDelta delta, Context context, Collector<ItemFactor> out)
      throws Exception {
    owner.add(delta, context.timerService(), out);
  }

  @Override
  public void processElement2(ModelRow row, Context context, Collector<ItemFactor> out)
      throws Exception {
    String violation = ModelRow.violation(row, items.factors());
    if (violation != null) {
      deadLetters.inc();
      reasons.inc(violation);
      context.output(
          DeadLetter.TAG,
          DeadLetter.of("item-factors", violation, row, DeadLetter.UNKNOWN_TIMESTAMP));
      return;
    }
    ModelDeltas moved = owner.move(row, learnedShare, context.timerService(), out);
    if (moved != null) {
      modelRows.inc();
      context.output(MODEL_DELTAS, moved);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ItemFactor> out)
      throws Exception {
    owner.sendUnsent(context.getCurrentKey(), out);
  }
}
