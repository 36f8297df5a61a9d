/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorStep;
import io.github.flinkrecsys.core.factorization.FactorTrainer;
import io.github.flinkrecsys.core.factorization.Objective;
import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.core.replica.ItemDeltaBuffer;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.streaming.api.TimerService;

/**
 * The learning part of a user-side operator: reads the replica, computes steps, adds them to the
 * replica at once and gathers them for everybody else.
 *
 * <p>What is gathered is operator state ({@value #PENDING}): a checkpoint holds every step once,
 * either in the sums of those who received it or here. Belongs to one subtask.
 */
public final class FactorStage {
  static final String PENDING = "pending-item-deltas";

  private static final int ITEMS_PER_ELEMENT = 1024;
  private static final int MAX_ITEMS_PER_BATCH = 4096;

  private final ModelSettings model;
  private final FactorTrainer trainer;
  private final ListState<ItemDeltas> pendingState;
  private final SharedReplica.Lease replica;
  private final ItemDeltaBuffer pending;
  private final Counter skippedSteps;
  private final Counter skippedPredictions;
  private final Counter itemsNotAdmitted;
  private final Counter flushes;
  private final Counter flushedItems;
  private int eventsPending;
  private long gatheredAtMillis;
  private boolean isTimed;

  private FactorStage(
      ModelSettings model, ListState<ItemDeltas> pendingState, RuntimeContext context)
      throws InterruptedException {
    this.model = model;
    this.trainer = new FactorTrainer(model.factors());
    this.pendingState = pendingState;
    this.skippedSteps = context.getMetricGroup().counter(MetricNames.SKIPPED_STEPS);
    this.skippedPredictions = context.getMetricGroup().counter(MetricNames.SKIPPED_PREDICTIONS);
    this.itemsNotAdmitted = context.getMetricGroup().counter(MetricNames.ITEMS_NOT_ADMITTED);
    this.flushes = context.getMetricGroup().counter(MetricNames.FLUSHES);
    this.flushedItems = context.getMetricGroup().counter(MetricNames.FLUSHED_ITEMS);
    this.replica = SharedReplica.openReader(model.replica(), context, "learner");
    this.pending = new ItemDeltaBuffer(replica.items());
    context.getMetricGroup().gauge(MetricNames.PENDING_ITEMS, pending::size);
  }

  /**
   * Gets the state of pending deltas; to be called from {@code initializeState}.
   *
   * @param context of the function
   * @return the state, for {@link #open}
   * @throws Exception if the state backend fails
   */
  public static ListState<ItemDeltas> pendingState(FunctionInitializationContext context)
      throws Exception {
    return context
        .getOperatorStateStore()
        .getListState(new ListStateDescriptor<>(PENDING, ItemDeltas.class));
  }

  /**
   * Opens the stage: waits for the replica and takes up deltas that were pending at the checkpoint.
   *
   * @param model settings
   * @param pendingState of {@link #pendingState}
   * @param context of the function
   * @return the stage, to be closed with the function
   * @throws Exception if the replica does not become ready or the state cannot be read
   */
  public static FactorStage open(
      ModelSettings model, ListState<ItemDeltas> pendingState, RuntimeContext context)
      throws Exception {
    FactorStage stage = new FactorStage(model, pendingState, context);
    try {
      stage.restore();
    } catch (Exception e) {
      // The function has no stage to close yet, and the next attempt needs the replica.
      stage.close();
      throw e;
    }
    return stage;
  }

  private void restore() throws Exception {
    for (ItemDeltas deltas : pendingState.get()) {
      replica.items().addAll(deltas);
      pending.addShare(deltas, 0, 1);
      gatheredAtMillis = deltas.gatheredAtMillis();
    }
  }

  /**
   * Gives the items.
   *
   * @return the replica
   */
  public ItemReplica items() {
    return replica.items();
  }

  /**
   * Gives the task manager's replica.
   *
   * @return the stage's hold on it, closed with the stage
   */
  public SharedReplica.Lease replica() {
    return replica;
  }

  /**
   * Makes the state of a new user.
   *
   * @param userId who
   * @return initial factors
   */
  public UserFactors newUser(String userId) {
    return new UserFactors(trainer.newUser(userId));
  }

  /**
   * Takes over a user's vector of an offline model. A user who has learned nothing takes it as it
   * is; of another one's, {@link ModelSettings#learnedShare} is kept. The bias stays. An older
   * model never replaces a newer one.
   *
   * @param row of the user, with as many factors as the model has
   * @param user changed in place, or null if not known
   * @return the user
   */
  public UserFactors load(ModelRow row, UserFactors user) {
    UserFactors loaded = user == null ? newUser(row.id()) : user;
    if (row.version() > loaded.modelVersion) {
      row.moveTo(loaded.vector, loaded.steps > 0 ? model.learnedShare() : 0);
      loaded.modelVersion = row.version();
    }
    return loaded;
  }

  /**
   * Predicts the rating that a user gives to an item, which is admitted if it is new.
   *
   * @param user factors
   * @param itemId which item
   * @return the prediction, or NaN if the item is not admitted or the model has overflowed, which
   *     is counted
   */
  public float predictRating(UserFactors user, String itemId) {
    int slot = replica.items().admit(itemId);
    float predicted = slot < 0 ? Float.NaN : trainer.predictRating(user.vector, slot, items());
    if (slot >= 0 && !Float.isFinite(predicted)) {
      skippedPredictions.inc();
      return Float.NaN;
    }
    return predicted;
  }

  /**
   * Learns from one interaction.
   *
   * @param interaction valid, and {@link ModelSettings#learnsFrom learned from}
   * @param user changed in place
   */
  public void learn(Interaction interaction, UserFactors user) {
    if (user.vector.length != model.factors().factors() + 1) {
      throw new IllegalStateException(
          "factors must be what the state was written with, "
              + (user.vector.length - 1)
              + ", got "
              + model.factors().factors());
    }
    user.lastSeenMillis = Math.max(user.lastSeenMillis, interaction.timestampMillis());
    float confidence = model.factors().confidence().of(interaction.type());
    int slot = items().admit(interaction.itemId());
    if (slot < 0) {
      itemsNotAdmitted.inc();
      return;
    }
    if (isFlushed()) {
      gatheredAtMillis = System.currentTimeMillis();
    }
    eventsPending++;
    rate(interaction);
    double popularity = model.popularity().of(confidence, interaction.timestampMillis());
    FactorStep step = step(interaction, user, slot, confidence);
    user.steps++;
    if (step == null) {
      items().addPopularity(slot, popularity);
      pending.count(slot, 1, popularity);
    } else {
      step.applyTo(items(), popularity);
      step.gatherIn(pending, popularity);
    }
  }

  private void rate(Interaction interaction) {
    if (model.factors().objective() == Objective.RATING) {
      items().ratingMean().add(interaction.weight(), 1);
      pending.rate(interaction.weight(), 1);
    }
  }

  private FactorStep step(Interaction interaction, UserFactors user, int slot, float confidence) {
    FactorStep step =
        trainer.train(
            user.vector,
            interaction.userId(),
            user.steps,
            slot,
            (float) interaction.weight(),
            confidence,
            items());
    if (step == null) {
      skippedSteps.inc();
    }
    return step;
  }

  private boolean isFlushed() {
    return pending.isEmpty();
  }

  /**
   * Tells whether a bound is reached.
   *
   * @return true if a flush is due
   */
  public boolean isFlushDue() {
    return eventsPending >= model.flush().maxEvents() && !replica.servesWholeJob();
  }

  /**
   * Sets a timer that is to flush what is gathered, unless one was set since the last flush.
   *
   * <p>That goes for restored deltas too: after rescaling they may be in another subtask than the
   * timer that was set for them, which belongs to a key.
   *
   * @param timers of any key
   */
  public void setTimer(TimerService timers) {
    if (!isTimed && !isFlushed()) {
      isTimed = true;
      timers.registerProcessingTimeTimer(
          timers.currentProcessingTime() + model.flush().maxDelay().toMillis());
    }
  }

  /**
   * Sends what is gathered.
   *
   * @param out receives few batches that hold every delta once
   */
  public void flush(Consumer<ItemDeltas> out) {
    if (isFlushed()) {
      return;
    }
    flushedItems.inc(pending.size());
    pending.copy(replica.origin(), gatheredAtMillis, MAX_ITEMS_PER_BATCH).forEach(out);
    pending.clear();
    eventsPending = 0;
    isTimed = false;
    flushes.inc();
  }

  /**
   * Writes what is gathered into the checkpoint.
   *
   * @throws Exception if the state backend fails
   */
  public void snapshot() throws Exception {
    pendingState.update(
        new ArrayList<>(pending.copy(replica.origin(), gatheredAtMillis, ITEMS_PER_ELEMENT)));
  }

  /** Gives the replica back. */
  public void close() {
    replica.close();
  }
}
