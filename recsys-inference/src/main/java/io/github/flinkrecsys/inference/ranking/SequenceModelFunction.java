/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.ModelRole;
import io.github.flinkrecsys.inference.sequence.SequenceMeter;
import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import io.github.flinkrecsys.inference.sequence.SequenceVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads versions of a sequence model, in its own thread, while sources run those before; a change
 * that is refused leaves everything as it was. State: {@value #STATE}, the versions in use.
 *
 * <p>Has the metrics of the versions, too, as sources have none. Of the subtasks of a process those
 * of the leading one count what all its sources do, see {@link SequenceVersions}; the others' stay
 * 0, so sums over subtasks count each list once.
 */
final class SequenceModelFunction extends ProcessFunction<SequenceModelChange, ModelStatus>
    implements CheckpointedFunction {
  static final String STATE = "sequence-model";

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SequenceModelFunction.class);

  private final SequenceModelConfig initial;

  private transient ListState<SequenceModelChange> state;
  private transient List<SequenceModelChange> restored;
  private transient SequenceVersions versions;
  private transient Counter changes;
  private transient Counter refused;

  SequenceModelFunction(SequenceModelConfig initial) {
    this.initial = initial;
  }

  /** Every subtask writes its versions and reads those of all, so any parallelism may follow. */
  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state = context.getOperatorStateStore().getUnionListState(inUse());
    restored = new ArrayList<>();
    state.get().forEach(restored::add);
  }

  static ListStateDescriptor<SequenceModelChange> inUse() {
    return new ListStateDescriptor<>(STATE, SequenceModelChange.class);
  }

  /**
   * Loads what was in use, or the initial model where nothing was or the initial one is newer. A
   * version that was in use and cannot be loaded any more is refused and counted; if it served, the
   * initial model does in its stead.
   */
  @Override
  public void open(OpenContext context) throws Exception {
    MetricGroup group = getRuntimeContext().getMetricGroup();
    changes = group.counter(InferenceMetrics.MODEL_CHANGES);
    refused = group.counter(InferenceMetrics.REFUSED_MODELS);
    VersionLabels<SequenceMeter> meters = new VersionLabels<>(group, SequenceMetrics::new);
    versions = new SequenceVersions(initial, meters::of);
    SequenceModelChange served = served(restored);
    if (served.version() <= initial.model().version() || !take(served).accepted()) {
      versions.apply(initial.serving());
    }
    besides(served, restored).forEach(this::take);
    restored = null;
    versions.publish();
  }

  /** Where subtasks differ, since one could not load a version, the newest that served counts. */
  private SequenceModelChange served(List<SequenceModelChange> all) {
    SequenceModelChange newest = initial.serving();
    for (SequenceModelChange change : all) {
      boolean serves = change.role() == ModelRole.SERVE;
      newest = serves && change.version() > newest.version() ? change : newest;
    }
    return newest;
  }

  private static Iterable<SequenceModelChange> besides(
      SequenceModelChange served, List<SequenceModelChange> all) {
    TreeMap<Long, SequenceModelChange> others = new TreeMap<>();
    for (SequenceModelChange change : all) {
      if (change.role() != ModelRole.SERVE) {
        others.putIfAbsent(change.version(), change);
      }
    }
    others.remove(served.version());
    return others.values();
  }

  @Override
  public void processElement(
      SequenceModelChange change, Context context, Collector<ModelStatus> out) {
    ModelStatus status = take(change);
    if (status.accepted()) {
      changes.inc();
      LOG.info("{}: version {} of {}", change.role(), change.version(), change.path());
    }
    out.collect(status);
  }

  /** Puts a change into effect, or refuses it. */
  private ModelStatus take(SequenceModelChange change) {
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    String problem = versions.violation(change);
    if (problem == null) {
      try {
        versions.apply(change);
        return ModelStatus.of(change, "", subtask);
      } catch (ModelException e) {
        problem = e.getMessage();
      }
    }
    ModelStatus status = ModelStatus.of(change, problem, subtask);
    refused.inc();
    LOG.error("Refused {}", status);
    return status;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.update(versions.changes());
  }

  @Override
  public void close() {
    if (versions != null) {
      versions.close();
    }
  }
}
