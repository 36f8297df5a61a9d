/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.evaluation;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.evaluation.PrequentialEvaluator;
import io.github.flinkrecsys.core.ranking.RankedItems;
import io.github.flinkrecsys.core.replica.ItemReplica;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.streaming.api.TimerService;

/**
 * The judging part of a user-side operator. What it has gathered and not sent is operator state
 * ({@value #PENDING}). Belongs to one subtask.
 */
public final class EvaluationStage {
  static final String PENDING = "pending-evaluation";

  private final PrequentialEvaluator evaluator;
  private final ListState<EvaluationSums> pendingState;
  private final LongOpenHashSet timers = new LongOpenHashSet();

  /** Of restored sums: rescaling may have parted them from their timers, which belong to keys. */
  private final LongOpenHashSet untimed = new LongOpenHashSet();

  private EvaluationStage(
      EvaluationConfig config, ItemReplica items, ListState<EvaluationSums> pendingState) {
    this.evaluator = new PrequentialEvaluator(config, items);
    this.pendingState = pendingState;
  }

  /**
   * Gets the state of pending sums; to be called from {@code initializeState}.
   *
   * @param context of the function
   * @return the state, for {@link #open}
   * @throws Exception if the state backend fails
   */
  public static ListState<EvaluationSums> pendingState(FunctionInitializationContext context)
      throws Exception {
    return context
        .getOperatorStateStore()
        .getListState(new ListStateDescriptor<>(PENDING, EvaluationSums.class));
  }

  /**
   * Opens the stage.
   *
   * @param config what is evaluated
   * @param items whose slots the lists hold
   * @param pendingState of {@link #pendingState}
   * @return the stage
   * @throws Exception if the state cannot be read
   */
  public static EvaluationStage open(
      EvaluationConfig config, ItemReplica items, ListState<EvaluationSums> pendingState)
      throws Exception {
    EvaluationStage stage = new EvaluationStage(config, items, pendingState);
    List<EvaluationSums> restored = new ArrayList<>();
    pendingState.get().forEach(restored::add);
    stage.evaluator.restore(restored);
    restored.forEach(part -> stage.untimed.add(part.windowEndMillis() - 1));
    return stage;
  }

  /**
   * Judges lists that were ranked before anything learned from the event.
   *
   * @param lists one per source
   * @param slot of the item that the user turned to, or -1 if it was not known
   * @param timestampMillis event time
   * @param timerService of the key
   */
  public void judge(
      List<RankedItems> lists, int slot, long timestampMillis, TimerService timerService) {
    setTimer(timestampMillis, timerService);
    evaluator.judge(lists, slot, timestampMillis);
  }

  /**
   * Judges a predicted rating.
   *
   * @param source that predicted it
   * @param predicted rating
   * @param rating that the user gave
   * @param timestampMillis event time
   * @param timerService of the key
   */
  public void judgeRating(
      String source,
      double predicted,
      double rating,
      long timestampMillis,
      TimerService timerService) {
    setTimer(timestampMillis, timerService);
    evaluator.judgeRating(source, predicted, rating, timestampMillis);
  }

  private void setTimer(long timestampMillis, TimerService timerService) {
    // Sums must be on their way before the watermark that closes their window is.
    untimed.forEach(timerService::registerEventTimeTimer);
    untimed.clear();
    long last = evaluator.windowEnd(timestampMillis) - 1;
    if (timers.add(last)) {
      timers.removeIf((long end) -> end <= timerService.currentWatermark());
      timerService.registerEventTimeTimer(last);
    }
  }

  /**
   * Sends what was gathered.
   *
   * @param out receives parts that hold every event once
   */
  public void flush(Consumer<EvaluationSums> out) {
    if (!evaluator.isEmpty()) {
      evaluator.copy().forEach(out);
      evaluator.clear();
    }
  }

  /**
   * Writes what was gathered into the checkpoint.
   *
   * @throws Exception if the state backend fails
   */
  public void snapshot() throws Exception {
    pendingState.update(evaluator.copy());
  }
}
