/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.accumulators.SimpleAccumulator;

/**
 * Brings {@link Totals} from the subtasks to the driver, also where they run in other processes.
 * The runtime serializes it while the subtask writes it, hence the locks.
 */
final class TotalsAccumulator implements SimpleAccumulator<Totals> {
  static final String NAME = "quickstart-totals";

  private static final long serialVersionUID = 1L;

  private Totals totals = new Totals();

  /** A change of the totals. */
  interface Change {
    void apply(Totals totals);
  }

  synchronized void change(Change change) {
    change.apply(totals);
  }

  @Override
  public void add(Totals value) {
    change(own -> own.add(value));
  }

  @Override
  public synchronized Totals getLocalValue() {
    return totals;
  }

  @Override
  public synchronized void resetLocal() {
    totals = new Totals();
  }

  @Override
  public void merge(Accumulator<Totals, Totals> other) {
    add(other.getLocalValue());
  }

  @Override
  public synchronized Accumulator<Totals, Totals> clone() {
    TotalsAccumulator copy = new TotalsAccumulator();
    copy.totals.add(totals);
    return copy;
  }

  private synchronized void writeObject(java.io.ObjectOutputStream out) throws java.io.IOException {
    out.defaultWriteObject();
  }
}
