/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Gathers records, has them scored by one run of the model, and emits what they come to in the
 * order in which they came. The second input, broadcast, are changes of the model's versions.
 *
 * <p>An operator and not a function, because only an operator can run what waits before a
 * checkpoint's barrier, before a watermark and at the end of the input. So nothing waits in a
 * checkpoint and no record comes late because it has waited. State: {@value #CHANGES}, the versions
 * in use.
 */
final class ModelOperator<I, O> extends AbstractStreamOperator<O>
    implements TwoInputStreamOperator<I, ModelChange, O> {
  static final String CHANGES = "model-changes";

  private static final long serialVersionUID = 1L;
  private static final long POLL_MILLIS = 20;

  private final ModelFunction<I, O> function;
  private final InferenceConfig config;

  private transient BroadcastState<Long, ModelChange> state;
  private transient InferenceMetrics measured;
  private transient ModelStage models;
  private transient StampedOutput<O> results;
  private transient BatchServing<I, O> serving;
  private transient List<StreamRecord<I>> waiting;
  private transient int waitingRows;
  private transient ScheduledFuture<?> timer;
  private transient boolean isPolling;
  private transient Watermark heldWatermark;

  ModelOperator(ModelFunction<I, O> function, InferenceConfig config) {
    this.function = function;
    this.config = config;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    state = context.getOperatorStateStore().getBroadcastState(changes());
  }

  static MapStateDescriptor<Long, ModelChange> changes() {
    return new MapStateDescriptor<>(CHANGES, Long.class, ModelChange.class);
  }

  @Override
  public void open() throws Exception {
    super.open();
    measured = new InferenceMetrics(getMetricGroup());
    results = new StampedOutput<>(output);
    waiting = new ArrayList<>();
    models =
        new ModelStage(
            config,
            measured,
            getOperatorName(),
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    serving = new BatchServing<>(function, config.contract(), models, measured, results);
    TreeMap<Long, ModelChange> inOrder = new TreeMap<>();
    for (Map.Entry<Long, ModelChange> entry : state.entries()) {
      inOrder.put(entry.getKey(), entry.getValue());
    }
    models.open(List.copyOf(inOrder.values()), results::status);
    measured.gauge(InferenceMetrics.MODELS_IN_USE, () -> models.count());
    measured.gauge(InferenceMetrics.MODEL_BYTES, () -> models.bytes());
    measured.gauge(InferenceMetrics.WAITING_RECORDS, () -> (long) waiting.size());
  }

  @Override
  public void processElement1(StreamRecord<I> element) throws Exception {
    I input = element.getValue();
    String violation = function.violation(input, config.contract());
    if (violation != null) {
      // What waits goes first: a user's lists keep their order.
      flush();
      serving.refuse(element, violation);
      return;
    }
    int rows = function.rows(input);
    if (waitingRows > 0 && waitingRows + rows > config.batches().maxRows()) {
      flush();
    }
    waiting.add(element.copy(input));
    waitingRows += rows;
    if (waitingRows >= config.batches().maxRows() || config.batches().maxWait().isZero()) {
      flush();
    } else if (timer == null) {
      long at =
          getProcessingTimeService().getCurrentProcessingTime()
              + config.batches().maxWait().toMillis();
      timer = getProcessingTimeService().registerTimer(at, timestamp -> flush());
    }
  }

  @Override
  public void processElement2(StreamRecord<ModelChange> element) {
    models.take(element.getValue(), results::status);
    poll();
  }

  /** Looks again and again while a model is loaded, so that it serves without a record to wait. */
  private void poll() {
    if (!isPolling && models.isLoading()) {
      isPolling = true;
      long at = getProcessingTimeService().getCurrentProcessingTime() + POLL_MILLIS;
      getProcessingTimeService()
          .registerTimer(
              at,
              timestamp -> {
                isPolling = false;
                flush();
                poll();
              });
    }
  }

  private void flush() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    if (!waiting.isEmpty()) {
      serving.serve(waiting);
      waiting.clear();
      waitingRows = 0;
    }
    if (heldWatermark != null) {
      output.emitWatermark(heldWatermark);
      heldWatermark = null;
    }
    models.install(results::status);
  }

  /** Held back while records wait that came before it. */
  @Override
  public void processWatermark1(Watermark mark) {
    if (waiting.isEmpty()) {
      output.emitWatermark(mark);
    } else {
      heldWatermark = mark;
    }
  }

  /** Changes have no event time; without this, a silent control stream would hold time back. */
  @Override
  public void processWatermark2(Watermark mark) {}

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) {
    if (input == 0) {
      flush();
      output.emitWatermarkStatus(status);
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.clear();
    long place = 0;
    for (ModelChange change : models.changes()) {
      state.put(place++, change);
    }
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (models != null) {
      models.close();
    }
    super.close();
  }
}
