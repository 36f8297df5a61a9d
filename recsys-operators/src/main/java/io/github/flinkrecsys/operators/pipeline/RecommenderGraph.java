/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SimilarItems;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.session.Session;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.event.ValidateFunction;
import io.github.flinkrecsys.operators.factorization.ItemDelta;
import io.github.flinkrecsys.operators.factorization.ItemDeltaSplitter;
import io.github.flinkrecsys.operators.factorization.ItemFactor;
import io.github.flinkrecsys.operators.factorization.ItemFactorFunction;
import io.github.flinkrecsys.operators.factorization.ItemFactorLoadFunction;
import io.github.flinkrecsys.operators.factorization.ModelRow;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.neighbor.ItemCountFunction;
import io.github.flinkrecsys.operators.neighbor.ItemNeighborFunction;
import io.github.flinkrecsys.operators.neighbor.ItemPairFunction;
import io.github.flinkrecsys.operators.neighbor.SessionsToReplica;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.replica.ItemReplicaFunction;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.session.SessionizeFunction;
import java.time.Duration;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;

/**
 * Wires the operators of one recommender: user side, bridge, item side. The names of operators,
 * behind the recommender's own, are part of the state contract.
 */
record RecommenderGraph(
    ModelSettings model,
    ServingSettings serving,
    EvaluationConfig evaluation,
    SessionConfig sessions,
    boolean emitUserFactors,
    Duration maxAhead,
    String slotSharingGroup) {

  RecommendationStreams build(
      DataStream<Interaction> interactions,
      DataStream<RecommendationRequest> requests,
      DataStream<ItemMetadata> metadata,
      OfflineModels models) {
    SingleOutputStreamOperator<Interaction> valid =
        validate("validate-interactions", interactions, ValidateFunction.interactions(maxAhead));
    SingleOutputStreamOperator<RecommendationRequest> validRequests =
        requests == null
            ? noRequests(valid)
            : validate("validate-requests", requests, ValidateFunction.requests(maxAhead));
    ModelStreams modelStreams = new ModelStreams(this);
    DataStream<ModelRow> rows =
        models.isEmpty() ? null : modelStreams.rows(models, interactions.getExecutionEnvironment());

    SingleOutputStreamOperator<RecommendationList> userSide =
        named(
            "recommend",
            valid
                .keyBy(Interaction::userId)
                .connect(userInputs(validRequests, rows).keyBy(UserInput::key))
                .process(
                    new RecommenderFunction(
                        model, serving, evaluation, emitUserFactors, models.hasInitial())));
    DataStream<ItemDeltas> deltas = userSide.getSideOutput(RecommenderFunction.ITEM_DELTAS);
    SingleOutputStreamOperator<ItemMetadata> validMetadata =
        metadata == null
            ? null
            : validate("validate-metadata", metadata, ValidateFunction.itemMetadata(maxAhead));
    DataStream<ReplicaUpdate> updates = userSide.getSideOutput(RecommenderFunction.REPLICA_UPDATES);
    SingleOutputStreamOperator<Session<Interaction>> closed = null;
    if (model.replica().sessions().maxSessions() > 0) {
      closed = sessionize(valid);
      updates =
          updates.union(
              named(
                  "sessions-to-replica",
                  closed.flatMap(new SessionsToReplica(model.factors().confidence()))));
    }
    SingleOutputStreamOperator<ItemFactor> itemFactors = itemSide(deltas, rows);
    if (rows != null) {
      updates = updates.union(modelUpdates(itemFactors));
    }
    buildReplica(userSide, deltas, updates, validMetadata);
    DataStream<DeadLetter> refused =
        valid.getSideOutput(DeadLetter.TAG).union(userSide.getSideOutput(DeadLetter.TAG));
    if (requests != null) {
      refused = refused.union(validRequests.getSideOutput(DeadLetter.TAG));
    }
    if (metadata != null) {
      refused = refused.union(validMetadata.getSideOutput(DeadLetter.TAG));
    }
    for (DataStream<DeadLetter> ofModels : modelStreams.refused()) {
      refused = refused.union(ofModels);
    }
    return new RecommendationStreams(this, valid, refused, userSide, itemFactors, closed);
  }

  SingleOutputStreamOperator<Session<Interaction>> sessionize(DataStream<Interaction> valid) {
    return named(
        "sessionize",
        valid.keyBy(Interaction::userId).process(SessionizeFunction.forInteractions(sessions)));
  }

  DataStream<SimilarItems> itemNeighbors(DataStream<Interaction> valid, int k) {
    NeighborConfig config = model.replica().neighbors();
    SingleOutputStreamOperator<ItemPair> pairs =
        named(
            "item-pairs",
            valid
                .keyBy(Interaction::userId)
                .process(
                    new ItemPairFunction(config, model.factors().confidence(), model.userTtl())));
    SingleOutputStreamOperator<ItemPair> counted =
        named(
            "item-counts",
            pairs
                .keyBy(ItemPair::neighborId)
                .process(new ItemCountFunction(model.popularity(), model.userTtl())));
    return named(
        "item-neighbors",
        counted
            .keyBy(ItemPair::itemId)
            .process(new ItemNeighborFunction(config, model.popularity(), k, model.userTtl())));
  }

  private <T> SingleOutputStreamOperator<T> validate(
      String operator, DataStream<T> records, ValidateFunction<T> function) {
    return inOrder(records, named(operator, records.process(function)));
  }

  /**
   * An input that never has a record but, unlike an empty source, does not end before the other.
   */
  private SingleOutputStreamOperator<RecommendationRequest> noRequests(
      DataStream<Interaction> interactions) {
    FlatMapFunction<Interaction, RecommendationRequest> none = (interaction, out) -> {};
    return inOrder(
        interactions,
        named("no-requests", interactions.flatMap(none).returns(RecommendationRequest.class)));
  }

  /**
   * Another parallelism would deal records out in turn, and a user's events would overtake each
   * other. And what the user wants sent at once must not wait in a buffer behind this operator.
   */
  private static <T> SingleOutputStreamOperator<T> inOrder(
      DataStream<?> input, SingleOutputStreamOperator<T> stream) {
    stream.getTransformation().setBufferTimeout(input.getTransformation().getBufferTimeout());
    return stream.setParallelism(input.getParallelism());
  }

  private void buildReplica(
      SingleOutputStreamOperator<?> userSide,
      DataStream<ItemDeltas> deltas,
      DataStream<ReplicaUpdate> others,
      DataStream<ItemMetadata> metadata) {
    TypeInformation<ReplicaUpdate> type = TypeInformation.of(ReplicaUpdate.class);
    DataStream<ReplicaUpdate> updates =
        named("deltas-to-replica", deltas.map(d -> ReplicaUpdate.of(d)).returns(type))
            .union(others);
    if (metadata != null) {
      updates =
          updates.union(
              named("metadata-to-replica", metadata.map(m -> ReplicaUpdate.of(m)).returns(type)));
    }
    ProcessFunction<ReplicaUpdate, Void> writer = new ItemReplicaFunction(model.replica());
    SingleOutputStreamOperator<Void> replica =
        named("item-replica", updates.broadcast().process(writer));
    // Every task manager that reads the replica must also write it. Each would inherit a group from
    // its own inputs, and they differ.
    replica.setParallelism(userSide.getParallelism());
    userSide.slotSharingGroup(slotSharingGroup);
    replica.slotSharingGroup(slotSharingGroup);
  }

  private DataStream<UserInput> userInputs(
      SingleOutputStreamOperator<RecommendationRequest> requests, DataStream<ModelRow> rows) {
    TypeInformation<UserInput> type = TypeInformation.of(UserInput.class);
    MapFunction<RecommendationRequest, UserInput> wrap = UserInput::of;
    DataStream<UserInput> inputs =
        inOrder(requests, named("requests-to-users", requests.map(wrap).returns(type)));
    if (rows == null) {
      return inputs;
    }
    FlatMapFunction<ModelRow, UserInput> ofUsers =
        (row, out) -> {
          if (!row.isItem()) {
            out.collect(UserInput.of(row));
          }
        };
    return inputs.union(
        inOrder(rows, named("model-to-users", rows.flatMap(ofUsers).returns(type))));
  }

  private SingleOutputStreamOperator<ItemFactor> itemSide(
      DataStream<ItemDeltas> deltas, DataStream<ModelRow> rows) {
    KeyedStream<ItemDelta, String> perItem =
        named("split-item-deltas", deltas.flatMap(new ItemDeltaSplitter()))
            .keyBy(ItemDelta::itemId);
    if (rows == null) {
      return named("item-factors", perItem.process(new ItemFactorFunction(model)));
    }
    SingleOutputStreamOperator<ModelRow> ofItems =
        inOrder(rows, named("model-to-items", rows.filter(ModelRow::isItem)));
    return named(
        "item-factors",
        perItem.connect(ofItems.keyBy(ModelRow::id)).process(new ItemFactorLoadFunction(model)));
  }

  private DataStream<ReplicaUpdate> modelUpdates(
      SingleOutputStreamOperator<ItemFactor> itemFactors) {
    return named(
        "model-to-replica",
        itemFactors
            .getSideOutput(ItemFactorLoadFunction.MODEL_DELTAS)
            .map(m -> ReplicaUpdate.of(m))
            .returns(TypeInformation.of(ReplicaUpdate.class)));
  }

  <T> SingleOutputStreamOperator<T> named(String operator, SingleOutputStreamOperator<T> stream) {
    String uid = model.name() + "-" + operator;
    return stream.name(uid).uid(uid);
  }
}
