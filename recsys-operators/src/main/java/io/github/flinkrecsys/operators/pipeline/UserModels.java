/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.core.ranking.UserHistory;
import io.github.flinkrecsys.operators.factorization.FactorStage;
import io.github.flinkrecsys.operators.factorization.ModelRow;
import io.github.flinkrecsys.operators.util.EventTimeTtl;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;

/** Takes over users' vectors of offline models. Belongs to one subtask. */
final class UserModels {
  private final FactorStage training;
  private final Duration userTtl;
  private final Counter modelRows;

  UserModels(FactorStage training, Duration userTtl, MetricGroup metrics) {
    this.training = training;
    this.userTtl = userTtl;
    this.modelRows = metrics.counter(MetricNames.MODEL_ROWS);
  }

  UserFactors load(ModelRow row, UserFactors user) {
    long before = user == null ? 0 : user.modelVersion;
    UserFactors loaded = training.load(row, user);
    if (loaded.modelVersion > before) {
      modelRows.inc();
    }
    return loaded;
  }

  /**
   * Says that a user of whom no interaction is known is seen now: a row has no time. Before the
   * first watermark, a timer is set to say it then.
   */
  void seeNow(UserHistory past, TimerService timers) {
    long now = timers.currentWatermark();
    if (now == Long.MIN_VALUE) {
      timers.registerEventTimeTimer(Long.MIN_VALUE + 1);
    } else if (now != Long.MAX_VALUE) {
      past.lastSeenMillis = Math.max(past.lastSeenMillis, now);
      EventTimeTtl.start(timers, past.lastSeenMillis, userTtl);
    }
  }

  /** Tells whether a user came with a model and has not been seen yet. */
  static boolean isUnseen(UserFactors user, UserHistory past) {
    return user.modelVersion > 0 && past.lastSeenMillis == 0;
  }
}
