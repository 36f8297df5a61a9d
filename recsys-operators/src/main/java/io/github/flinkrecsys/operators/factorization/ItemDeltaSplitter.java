/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import io.github.flinkrecsys.core.replica.ItemDeltas;
import java.util.Arrays;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Splits a flush into one record per item, so that it can be keyed by item. Stateless. */
public final class ItemDeltaSplitter implements FlatMapFunction<ItemDeltas, ItemDelta> {
  private static final long serialVersionUID = 1L;

  /** Makes the function. */
  public ItemDeltaSplitter() {}

  @Override
  public void flatMap(ItemDeltas deltas, Collector<ItemDelta> out) {
    String[] ids = deltas.itemIds();
    for (int i = 0; i < ids.length; i++) {
      int stride = deltas.values().length / ids.length;
      out.collect(
          new ItemDelta(
              ids[i],
              Arrays.copyOfRange(deltas.values(), i * stride, (i + 1) * stride),
              deltas.updates()[i]));
    }
  }
}
