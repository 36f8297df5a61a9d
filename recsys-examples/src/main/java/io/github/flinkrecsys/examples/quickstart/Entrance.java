/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.examples.serve.JobExchange;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Where events enter the job: notes the time, and tells the page when the last one has passed, so
 * that its requests end too.
 */
final class Entrance extends RichMapFunction<Interaction, Interaction> {
  private static final long serialVersionUID = 1L;

  private final long warmUp;
  private final String exchangeId;

  /**
   * Makes the function.
   *
   * @param warmUp events whose latency does not count
   * @param page of the job, or null
   */
  Entrance(long warmUp, LivePage page) {
    this.warmUp = warmUp;
    this.exchangeId = page == null ? null : page.exchange().id();
  }

  @Override
  public Interaction map(Interaction interaction) {
    LatencyBoard.enter(interaction.userId(), interaction.timestampMillis(), warmUp);
    return interaction;
  }

  @Override
  public void close() {
    if (exchangeId != null) {
      JobExchange.endRequests(exchangeId);
    }
  }
}
