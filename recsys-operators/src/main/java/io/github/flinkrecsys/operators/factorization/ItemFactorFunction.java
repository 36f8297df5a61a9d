/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.util.Checks;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Owns the factors of an item: adds every delta exactly once and sends the value on, conflated.
 * Keyed by item.
 *
 * <p>A delta carries no event time and a sum has no late part: whenever it comes, it is added.
 *
 * <p>State: {@value #STATE}, one per admitted item, never freed: replicas hold the same items and
 * their sums, and would not forget with the owner. The bound is admission at the user side: {@link
 * ReplicaConfig#maxItems}, and what several task managers admitted at once beyond it.
 */
public final class ItemFactorFunction extends KeyedProcessFunction<String, ItemDelta, ItemFactor> {
  static final String STATE = "item-factor";
  static final int MAX_UNSENT = 64;
  static final Duration MAX_DELAY = Duration.ofMillis(100);

  private static final long serialVersionUID = 1L;

  private final ReplicaConfig items;
  private final int maxUnsent;
  private final long maxDelayMillis;

  private transient ItemFactorOwner owner;

  /**
   * Makes the function.
   *
   * @param items shape of the model's items
   * @param maxUnsent deltas after which a value is sent, at least 1
   * @param maxDelay wall-clock time after which a value is sent
   */
  public ItemFactorFunction(ReplicaConfig items, int maxUnsent, Duration maxDelay) {
    this.items = Checks.notNull("items", items);
    this.maxUnsent = Checks.positive("maxUnsent", maxUnsent);
    this.maxDelayMillis = Checks.positive("maxDelay", maxDelay).toMillis();
  }

  /**
   * Makes the function with the default conflation: 64 deltas or 100 ms.
   *
   * @param model whose items it owns
   */
  public ItemFactorFunction(ModelSettings model) {
    this(Checks.notNull("model", model).replica().items(), MAX_UNSENT, MAX_DELAY);
  }

  @Override
  public void open(OpenContext openContext) {
    owner = new ItemFactorOwner(items, maxUnsent, maxDelayMillis, getRuntimeContext());
  }

  @Override
  public void processElement(ItemDelta delta, Context context, Collector<ItemFactor> out)
      throws Exception {
    owner.add(delta, context.timerService(), out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ItemFactor> out)
      throws Exception {
    owner.sendUnsent(context.getCurrentKey(), out);
  }
}
