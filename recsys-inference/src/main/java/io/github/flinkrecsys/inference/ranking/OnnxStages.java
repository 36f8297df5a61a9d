/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.util.Checks;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** Adds models to a job. */
public final class OnnxStages {
  /** What versions on trial gave, see {@link ModelRole#SHADOW}. */
  public static final OutputTag<ShadowScores> SHADOW =
      new OutputTag<>("recsys-shadow-scores", TypeInformation.of(ShadowScores.class));

  /** What became of changes, from every subtask. */
  public static final OutputTag<ModelStatus> STATUS =
      new OutputTag<>("recsys-model-status", TypeInformation.of(ModelStatus.class));

  private OnnxStages() {}

  /**
   * Ranks candidates by a model.
   *
   * @param candidates of users, with features; need not be keyed
   * @param changes of the model's versions, or null if there are none
   * @param function how many items are kept
   * @param config which model, and how it is run
   * @param uid of the operator, and prefix of a second one if there are no changes
   * @return lists in the order in which they came, {@link #SHADOW}, {@link #STATUS} and {@link
   *     OnnxRankingFunction#IMPRESSIONS} as side outputs
   * @throws IllegalArgumentException if something is missing, or the contract is none of a ranking
   *     model
   */
  public static SingleOutputStreamOperator<RecommendationList> rank(
      DataStream<CandidateFeatures> candidates,
      DataStream<ModelChange> changes,
      OnnxRankingFunction function,
      InferenceConfig config,
      String uid) {
    return apply(candidates, changes, function, config, uid);
  }

  /**
   * Encodes users or items by a model.
   *
   * @param features of users or of items; need not be keyed
   * @param changes of the model's versions, or null if there are none
   * @param function which features
   * @param config which model, and how it is run
   * @param uid of the operator, and prefix of a second one if there are no changes
   * @return vectors in the order in which they came, {@link #SHADOW}, {@link #STATUS} and {@code
   *     DeadLetter.TAG} as side outputs
   * @throws IllegalArgumentException if something is missing, or the contract is none of an encoder
   */
  public static SingleOutputStreamOperator<EncodedVector> encode(
      DataStream<FeatureVector> features,
      DataStream<ModelChange> changes,
      OnnxEncodingFunction function,
      InferenceConfig config,
      String uid) {
    return apply(features, changes, function, config, uid);
  }

  private static <I, O> SingleOutputStreamOperator<O> apply(
      DataStream<I> input,
      DataStream<ModelChange> changes,
      ModelFunction<I, O> function,
      InferenceConfig config,
      String uid) {
    Checks.notNull("input", input);
    Checks.notNull("function", function);
    Checks.notNull("config", config);
    Checks.notBlank("uid", uid);
    function.check(config.contract());
    DataStream<ModelChange> allChanges = changes == null ? noChanges(input, uid) : changes;
    return input
        .connect(allChanges.broadcast())
        .transform(uid, function.outputType(), new ModelOperator<>(function, config))
        .uid(uid);
  }

  /** A second input that never has a record, and ends with the first. */
  private static <I> DataStream<ModelChange> noChanges(DataStream<I> input, String uid) {
    FlatMapFunction<I, ModelChange> none = (record, out) -> {};
    return input
        .flatMap(none)
        .returns(TypeInformation.of(ModelChange.class))
        .name(uid + "-no-changes")
        .uid(uid + "-no-changes");
  }
}
