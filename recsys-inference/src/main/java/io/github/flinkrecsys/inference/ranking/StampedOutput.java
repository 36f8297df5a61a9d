/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Emits with the timestamp of the record at hand. */
final class StampedOutput<O> implements ModelFunction.Output<O> {
  private final Output<StreamRecord<O>> output;
  private StreamRecord<?> record;

  StampedOutput(Output<StreamRecord<O>> output) {
    this.output = output;
  }

  /** Takes the timestamp of a record for what follows. */
  void of(StreamRecord<?> current) {
    record = current;
  }

  /** Emits what became of a change, which has no timestamp. */
  void status(ModelStatus status) {
    record = null;
    side(OnnxStages.STATUS, status);
  }

  @Override
  public void collect(O value) {
    output.collect(stamped(value));
  }

  @Override
  public <S> void side(OutputTag<S> tag, S value) {
    output.collect(tag, stamped(value));
  }

  private <S> StreamRecord<S> stamped(S value) {
    return record != null && record.hasTimestamp()
        ? new StreamRecord<>(value, record.getTimestamp())
        : new StreamRecord<>(value);
  }
}
