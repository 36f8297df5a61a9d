/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import io.github.flinkrecsys.core.event.Interaction;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.types.CopyableValue;

/** Behind the source: says where the stream is, waits for faults that are due, causes its own. */
final class Gate extends RichMapFunction<Interaction, Interaction>
    implements CheckpointedFunction, CheckpointListener {
  /**
   * After which every subtask has had some: deltas that are restored wait for the next event of
   * their subtask (docs/limits.md).
   */
  private static final int EVENTS_BEFORE_QUIET = 60;

  private static final long serialVersionUID = 1L;

  private final FaultPlan plan;
  private final int life;
  private transient ListState<Brittle> state;
  private transient Set<Integer> stoodStill;
  private transient boolean hasCheckpoint;
  private transient int events;

  /** Faults by the checkpoints that they let fail. */
  private transient Map<Long, Integer> refused;

  Gate(FaultPlan plan, int life) {
    this.plan = plan;
    this.life = life;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    stoodStill = new HashSet<>();
    refused = new HashMap<>();
    hasCheckpoint = context.isRestored();
    if (context.isRestored()) {
      plan.noteRestore(FaultPlan.start(life, getRuntimeContext().getTaskInfo()));
    }
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("brittle", Brittle.class));
  }

  @Override
  public Interaction map(Interaction event) throws InterruptedException {
    long number = TestShop.numberOf(event);
    long start = FaultPlan.start(life, getRuntimeContext().getTaskInfo());
    if (hasCheckpoint) {
      plan.arriveAt(number, start);
    }
    if (plan.take(Fault.Kind.SOURCE_TASK)) {
      throw new IllegalStateException("planned failure of the source at event " + number);
    }
    if (plan.isBehind(number, start)) {
      // Slow, not still: checkpoints must go on.
      Thread.sleep(20);
    }
    int fault = events++ < EVENTS_BEFORE_QUIET ? -1 : plan.quietAt(number, start);
    if (fault >= 0 && stoodStill.add(fault)) {
      plan.standStill(fault, number);
    }
    return event;
  }

  /** No fault comes before: the restart after it would have nothing to restore. */
  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    hasCheckpoint = true;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    if (plan.take(Fault.Kind.SNAPSHOT)) {
      throw new IllegalStateException("planned failure of a snapshot");
    }
    int fault = plan.takeOne(Fault.Kind.CHECKPOINT);
    if (fault >= 0) {
      refused.put(context.getCheckpointId(), fault);
    }
    state.update(List.of(new Brittle(fault >= 0)));
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) {
    Integer fault = refused.get(checkpoint);
    if (fault != null) {
      plan.noteDeclined(fault);
    }
  }

  /**
   * State that may refuse to be written. Operator state is written after the snapshot was taken,
   * beside the task; a failure there declines the checkpoint and lets the task run.
   */
  public static final class Brittle implements CopyableValue<Brittle> {
    private static final long serialVersionUID = 1L;

    private boolean refuses;

    /** Makes a value that can be written, as Flink requires. */
    public Brittle() {}

    Brittle(boolean refuses) {
      this.refuses = refuses;
    }

    @Override
    public int getBinaryLength() {
      return 1;
    }

    @Override
    public void copyTo(Brittle target) {
      target.refuses = refuses;
    }

    @Override
    public Brittle copy() {
      return new Brittle(refuses);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
      target.writeByte(source.readByte());
    }

    @Override
    public void write(DataOutputView out) throws IOException {
      if (refuses) {
        throw new IOException("planned refusal of a checkpoint");
      }
      out.writeByte(1);
    }

    @Override
    public void read(DataInputView in) throws IOException {
      in.readByte();
    }
  }
}
