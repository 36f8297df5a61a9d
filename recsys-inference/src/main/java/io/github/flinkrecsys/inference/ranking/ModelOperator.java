/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.model.OnnxModel;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.apache.flink.util.OutputTag;

/**
 * Gathers records, scores them by one run of the model, and emits what they come to in the order in
 * which they came. The second input, broadcast, are changes of the model's versions.
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
  private transient Scorer<I> scorer;
  private transient Results results;
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
    state =
        context
            .getOperatorStateStore()
            .getBroadcastState(new MapStateDescriptor<>(CHANGES, Long.class, ModelChange.class));
  }

  @Override
  public void open() throws Exception {
    super.open();
    measured = new InferenceMetrics(getMetricGroup());
    results = new Results();
    waiting = new ArrayList<>();
    scorer = new Scorer<>(function, config.contract(), measured);
    models =
        new ModelStage(
            config,
            measured,
            getOperatorName(),
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
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
      measured.malformed.inc();
      measured.reasons.inc(violation);
      fallBack(element, violation);
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
      score(waiting);
      waiting.clear();
      waitingRows = 0;
    }
    if (heldWatermark != null) {
      output.emitWatermark(heldWatermark);
      heldWatermark = null;
    }
    models.install(results::status);
  }

  private void score(List<StreamRecord<I>> records) {
    List<I> inputs = records.stream().map(StreamRecord::getValue).toList();
    OnnxModel[] served = new OnnxModel[records.size()];
    Map<OnnxModel, List<Integer>> byModel = new HashMap<>();
    for (int n = 0; n < served.length; n++) {
      served[n] = models.serving(function.key(inputs.get(n)));
      byModel.computeIfAbsent(served[n], model -> new ArrayList<>()).add(n);
    }
    float[][] scores = new float[served.length][];
    byModel.forEach(
        (model, places) -> {
          float[][] some = scorer.score(model, places.stream().map(inputs::get).toList());
          for (int n = 0; n < some.length; n++) {
            scores[places.get(n)] = some[n];
          }
        });
    for (int n = 0; n < served.length; n++) {
      emit(records.get(n), served[n].version().version(), scores[n]);
    }
    for (OnnxModel shadow : models.shadows()) {
      shadow(shadow, records, inputs, served);
    }
  }

  private void emit(StreamRecord<I> record, long version, float[] scores) {
    results.of(record);
    InferenceMetrics.OfVersion metrics = measured.of(version);
    if (scores == null) {
      fallBack(record, "output must be given, the run of version " + version + " failed");
    } else if (!areFinite(scores)) {
      metrics.notANumber.inc();
      fallBack(record, "output must be finite, version " + version + " gave another");
    } else {
      metrics.records.inc();
      function.emit(record.getValue(), version, scores, results);
    }
  }

  private void fallBack(StreamRecord<I> record, String reason) {
    results.of(record);
    measured.fallbacks.inc();
    function.fallBack(record.getValue(), reason, results);
  }

  private void shadow(
      OnnxModel shadow, List<StreamRecord<I>> records, List<I> inputs, OnnxModel[] served) {
    long version = shadow.version().version();
    float[][] scores = scorer.score(shadow, inputs);
    for (int n = 0; n < scores.length; n++) {
      if (scores[n] == null) {
        continue;
      }
      I input = inputs.get(n);
      measured.of(version).shadowRecords.inc();
      if (!areFinite(scores[n])) {
        measured.of(version).notANumber.inc();
      }
      results.of(records.get(n));
      results.side(
          OnnxStages.SHADOW,
          new ShadowScores(
              function.key(input),
              function.timestampMillis(input),
              version,
              served[n].version().version(),
              function.rowNames(input),
              scores[n]));
    }
  }

  private static boolean areFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
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

  /** Emits with the timestamp of the record at hand. */
  private final class Results implements ModelFunction.Output<O> {
    private StreamRecord<I> record;

    void of(StreamRecord<I> current) {
      record = current;
    }

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
}
