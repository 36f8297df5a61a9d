/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import io.github.flinkrecsys.inference.sequence.SequenceModels;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads newer versions of a sequence model, in its own thread, while the old one serves; one that
 * is refused leaves everything as it was. State: {@value #STATE}, the version that serves.
 */
final class SequenceModelFunction extends ProcessFunction<SequenceModelChange, ModelStatus>
    implements CheckpointedFunction {
  static final String STATE = "sequence-model";

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SequenceModelFunction.class);

  private final SequenceModelConfig initial;

  private transient ListState<SequenceModelChange> state;
  private transient SequenceModelChange served;
  private transient SequenceModels.Publisher publisher;
  private transient Counter changes;
  private transient Counter refused;

  SequenceModelFunction(SequenceModelConfig initial) {
    this.initial = initial;
  }

  /**
   * Every subtask writes the same version and reads those of all, so any parallelism may follow.
   */
  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(STATE, SequenceModelChange.class));
    for (SequenceModelChange change : state.get()) {
      if (served == null || change.version() > served.version()) {
        served = change;
      }
    }
  }

  @Override
  public void open(OpenContext context) {
    changes = getRuntimeContext().getMetricGroup().counter(InferenceMetrics.MODEL_CHANGES);
    refused = getRuntimeContext().getMetricGroup().counter(InferenceMetrics.REFUSED_MODELS);
    publisher = new SequenceModels.Publisher(initial);
    SequenceModelChange restored = served;
    served = null;
    if (restored != null && restored.version() > publisher.version()) {
      take(restored);
    }
  }

  @Override
  public void processElement(
      SequenceModelChange change, Context context, Collector<ModelStatus> out) {
    String problem = take(change);
    out.collect(
        new ModelStatus(
            change == null ? 0 : change.version(),
            change == null ? "" : change.path(),
            ModelRole.SERVE,
            problem.isEmpty(),
            problem,
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask()));
  }

  /** Puts a change into effect; gives the reason if it is refused, else an empty text. */
  private String take(SequenceModelChange change) {
    String problem = SequenceModelChange.violation(change, publisher.version());
    if (problem == null) {
      try {
        publisher.publish(change);
        served = change;
        changes.inc();
        LOG.info("SERVE: version {} of {}", change.version(), change.path());
        return "";
      } catch (ModelException e) {
        problem = e.getMessage();
      }
    }
    refused.inc();
    LOG.error("Refused {}: {}", change, problem);
    return problem;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    List<SequenceModelChange> kept = new ArrayList<>();
    if (served != null) {
      kept.add(served);
    }
    state.update(kept);
  }

  @Override
  public void close() {
    if (publisher != null) {
      publisher.close();
    }
  }
}
