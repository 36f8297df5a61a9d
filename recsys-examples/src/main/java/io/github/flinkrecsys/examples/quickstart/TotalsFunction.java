/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import java.io.Serializable;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** End of a stream: folds its records into the totals of this subtask. */
final class TotalsFunction<T> extends ProcessFunction<T, Void> {
  private static final long serialVersionUID = 1L;

  /** How a record changes the totals. */
  interface Fold<T> extends Serializable {
    void apply(Totals totals, T record);
  }

  private final Fold<T> fold;
  private transient TotalsAccumulator accumulator;

  TotalsFunction(Fold<T> fold) {
    this.fold = fold;
  }

  @Override
  public void open(OpenContext openContext) {
    accumulator = new TotalsAccumulator();
    getRuntimeContext().addAccumulator(TotalsAccumulator.NAME, accumulator);
  }

  @Override
  public void processElement(T record, Context context, Collector<Void> out) {
    accumulator.change(totals -> fold.apply(totals, record));
  }
}
