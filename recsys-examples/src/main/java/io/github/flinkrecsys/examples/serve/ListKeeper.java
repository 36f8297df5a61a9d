/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/** Gives each list to the exchange and lets those pass that answer no request. */
final class ListKeeper extends RichFilterFunction<RecommendationList> {
  private static final long serialVersionUID = 1L;

  private final String exchangeId;
  private transient JobExchange exchange;

  ListKeeper(String exchangeId) {
    this.exchangeId = exchangeId;
  }

  @Override
  public void open(OpenContext openContext) {
    exchange = JobExchange.find(exchangeId);
  }

  @Override
  public boolean filter(RecommendationList list) {
    return exchange == null || !exchange.take(list);
  }
}
