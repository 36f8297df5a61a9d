/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.inference.model.ModelRole;
import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
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

  /**
   * Gives versions of a sequence model their roles while the job runs, and has their metrics. Each
   * task manager that ranks must have a subtask of this, so leave it in the recommender's slot
   * sharing group and give it the recommender's parallelism, as is the default.
   *
   * @param changes of the model's versions; must not end before the job
   * @param config equal to that of the source: sources with another one do not follow
   * @param uid of the operator
   * @return what became of the changes, from every subtask
   * @throws IllegalArgumentException if something is missing
   */
  public static SingleOutputStreamOperator<ModelStatus> sequences(
      DataStream<SequenceModelChange> changes, SequenceModelConfig config, String uid) {
    Checks.notNull("changes", changes);
    Checks.notNull("config", config);
    Checks.notBlank("uid", uid);
    return changes
        .broadcast()
        .process(new SequenceModelFunction(config))
        .returns(TypeInformation.of(ModelStatus.class))
        .name(uid)
        .uid(uid);
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
