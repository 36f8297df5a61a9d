/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.ranking.UserHistory;
import io.github.flinkrecsys.core.replica.ModelProgress;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;

/**
 * Interactions that wait until the initial model is there, in the order of their arrival. Belongs
 * to one subtask.
 *
 * <p>Users' rows are there when the watermark of both inputs moves: the rows' stream has none until
 * it ends. Items' rows are there when the replica has counted all of them; they go another way, so
 * that may be a little later, and is looked for again and again.
 */
final class HeldInteractions {
  static final String STATE = "held-interactions";

  /** A user with more is no person; each takes about 100 bytes. */
  static final int MAX_PER_USER = 1_000;

  private static final long LOOK_AGAIN_MILLIS = 50;

  private final ListState<Interaction> state;
  private final ModelProgress offline;
  private final long maxWaitNanos;
  private final Counter heldInteractions;
  private boolean isOpen;
  private boolean isWaiting;
  private long waitingSinceNanos;

  HeldInteractions(
      boolean awaitsModel, ModelProgress offline, Duration maxWait, RuntimeContext context) {
    this.isOpen = !awaitsModel;
    this.offline = offline;
    this.maxWaitNanos = maxWait.toNanos();
    this.state = context.getListState(new ListStateDescriptor<>(STATE, Interaction.class));
    this.heldInteractions = context.getMetricGroup().counter(MetricNames.HELD_INTERACTIONS);
  }

  /**
   * Tells whether interactions need not wait. Items are not waited for longer than the replica is
   * at start: one that was refused never comes.
   */
  boolean isOpen(TimerService timers) throws InterruptedException {
    if (!isOpen && timers.currentWatermark() != Long.MIN_VALUE) {
      isOpen = hasModel();
      // At the end of the input no timer of the clock fires any more.
      while (!isOpen && timers.currentWatermark() == Long.MAX_VALUE) {
        Thread.sleep(1);
        isOpen = hasModel();
      }
    }
    return isOpen;
  }

  private boolean hasModel() {
    if (!isWaiting) {
      isWaiting = true;
      waitingSinceNanos = System.nanoTime();
    }
    return offline.loadedVersion() > 0 || System.nanoTime() - waitingSinceNanos > maxWaitNanos;
  }

  /** Keeps an interaction; returns why it cannot, or null. */
  String hold(Interaction interaction, UserHistory past, TimerService timers) throws Exception {
    if (past.held >= MAX_PER_USER) {
      return "held interactions of a user must be at most " + MAX_PER_USER + ", got one more";
    }
    state.add(interaction);
    past.held++;
    heldInteractions.inc();
    if (past.held == 1) {
      lookAgain(timers);
    }
    return null;
  }

  void lookAgain(TimerService timers) {
    if (timers.currentWatermark() == Long.MIN_VALUE) {
      timers.registerEventTimeTimer(Long.MIN_VALUE + 1);
    } else {
      timers.registerProcessingTimeTimer(timers.currentProcessingTime() + LOOK_AGAIN_MILLIS);
      timers.registerEventTimeTimer(Long.MAX_VALUE);
    }
  }

  /** Gives what waits, oldest first, and forgets it. */
  List<Interaction> take(UserHistory past) throws Exception {
    List<Interaction> waiting = new ArrayList<>();
    state.get().forEach(waiting::add);
    state.clear();
    past.held = 0;
    return waiting;
  }
}
