/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.OnnxModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What becomes of a batch: each record is scored by the version that serves its key, or falls back,
 * and versions on trial score all of them. Belongs to one subtask.
 */
final class BatchServing<I, O> {
  /** Version of {@link ShadowScores#servedVersion} where none served. */
  private static final long NONE = 0;

  private final ModelFunction<I, O> function;
  private final ModelStage models;
  private final InferenceMetrics metrics;
  private final StampedOutput<O> out;
  private final Scorer<I> scorer;

  BatchServing(
      ModelFunction<I, O> function,
      ModelContract contract,
      ModelStage models,
      InferenceMetrics metrics,
      StampedOutput<O> out) {
    this.function = function;
    this.models = models;
    this.metrics = metrics;
    this.out = out;
    this.scorer = new Scorer<>(function, contract, metrics);
  }

  /** Scores records together and emits what each comes to, in their order. */
  void serve(List<StreamRecord<I>> records) {
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
    long[] servedVersions = new long[served.length];
    for (int n = 0; n < served.length; n++) {
      long version = served[n].version().version();
      servedVersions[n] = emit(records.get(n), version, scores[n]) ? version : NONE;
    }
    for (OnnxModel shadow : models.shadows()) {
      shadow(shadow, records, inputs, servedVersions);
    }
  }

  /** Tells whether the model's scores were emitted, and not what the record falls back to. */
  private boolean emit(StreamRecord<I> record, long version, float[] scores) {
    out.of(record);
    InferenceMetrics.OfVersion ofVersion = metrics.of(version);
    if (scores == null) {
      fallBack(record, "output must be given, the run of version " + version + " failed");
    } else if (!areFinite(scores)) {
      ofVersion.notANumber.inc();
      fallBack(record, "output must be finite, version " + version + " gave another");
    } else {
      ofVersion.records.inc();
      function.emit(record.getValue(), version, scores, out);
      return true;
    }
    return false;
  }

  /** Emits a record that is not scored. */
  void refuse(StreamRecord<I> record, String violation) {
    metrics.malformed.inc();
    metrics.reasons.inc(violation);
    fallBack(record, violation);
  }

  private void fallBack(StreamRecord<I> record, String reason) {
    out.of(record);
    metrics.fallbacks.inc();
    function.fallBack(record.getValue(), reason, out);
  }

  private void shadow(
      OnnxModel shadow, List<StreamRecord<I>> records, List<I> inputs, long[] served) {
    long version = shadow.version().version();
    float[][] scores = scorer.score(shadow, inputs);
    for (int n = 0; n < scores.length; n++) {
      if (scores[n] == null) {
        continue;
      }
      I input = inputs.get(n);
      metrics.of(version).shadowRecords.inc();
      if (!areFinite(scores[n])) {
        metrics.of(version).notANumber.inc();
      }
      out.of(records.get(n));
      out.side(
          OnnxStages.SHADOW,
          new ShadowScores(
              function.key(input),
              function.timestampMillis(input),
              version,
              served[n],
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
}
