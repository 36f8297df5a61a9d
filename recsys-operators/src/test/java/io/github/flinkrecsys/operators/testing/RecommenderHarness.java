/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.testing;

import io.github.flinkrecsys.core.catalog.ContentIndex;
import io.github.flinkrecsys.core.catalog.Trends;
import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.neighbor.SessionIndex;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.ranking.BlendWeights;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.operators.factorization.ItemDelta;
import io.github.flinkrecsys.operators.factorization.ItemFactor;
import io.github.flinkrecsys.operators.factorization.ItemFactorFunction;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.neighbor.SessionNeighborFunction;
import io.github.flinkrecsys.operators.pipeline.RecommenderFunction;
import io.github.flinkrecsys.operators.pipeline.UserInput;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.ranking.TopKRankingFunction;
import io.github.flinkrecsys.operators.replica.ItemReplicaFunction;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.util.IOUtils;

/**
 * A task manager with subtasks of one job: its replica writers, opened first as the user side needs
 * them, and whichever other subtasks a test asks for. Two of them are two task managers, since each
 * is a job of its own to the registry of replicas. Closes everything.
 */
public final class RecommenderHarness implements AutoCloseable {
  private final ModelSettings model;
  private final int parallelism;
  private final JobID job = new JobID();
  private final List<Harnesses.Plain<ReplicaUpdate, Void>> writers = new ArrayList<>();
  private final Deque<Subtask<?>> all = new ArrayDeque<>();
  private ItemReplica items;
  private ItemNeighbors neighbors;
  private BlendWeights blend;
  private SessionIndex sessions;
  private Trends trends;
  private ContentIndex content;
  private InteractionGraph graph;

  private RecommenderHarness(ModelSettings model, int parallelism) {
    this.model = model;
    this.parallelism = parallelism;
  }

  /**
   * Opens all writers, with what the writers of an earlier run had at their checkpoint, if any.
   * Each writer restores after the one before it, so that the first leads.
   */
  public static RecommenderHarness open(
      ModelSettings model, int parallelism, OperatorSubtaskState... writersBefore)
      throws Exception {
    int[] subtasks = new int[parallelism];
    Arrays.setAll(subtasks, i -> i);
    return openSome(model, parallelism, subtasks, writersBefore);
  }

  /** Opens a task manager that runs only some of the job's subtasks. */
  public static RecommenderHarness openSome(
      ModelSettings model, int parallelism, int[] subtasks, OperatorSubtaskState... writersBefore)
      throws Exception {
    var taskManager = new RecommenderHarness(model, parallelism);
    try {
      for (int subtask : subtasks) {
        taskManager.openWriter(subtask, writersBefore);
      }
    } catch (Exception e) {
      taskManager.close();
      throw e;
    }
    return taskManager;
  }

  private void openWriter(int subtask, OperatorSubtaskState... before) throws Exception {
    var writer =
        Harnesses.<ReplicaUpdate, Void>plain(
            new ItemReplicaFunction(model.replica()), slot(subtask));
    all.push(writer);
    if (before.length == 0) {
      writer.start();
    } else {
      writer.startFrom(Harnesses.rescaled(parallelism, subtask, before));
    }
    if (items == null) {
      try (var lease = SharedReplica.openReader(model.replica(), writer.runtimeContext(), "test")) {
        items = lease.items();
        neighbors = lease.neighbors();
        blend = lease.blend();
        sessions = lease.sessions();
        trends = lease.trends();
        graph = lease.graph();
        content = lease.models().content();
      }
    }
    writers.add(writer);
  }

  /** Where a subtask of this job runs. */
  public Slot slot(int subtask) {
    return new Slot(job, parallelism, subtask);
  }

  /** The shared memory. */
  public ItemReplica items() {
    return items;
  }

  /** The neighbours in shared memory. */
  public ItemNeighbors neighbors() {
    return neighbors;
  }

  /** The blend weights in shared memory. */
  public BlendWeights blend() {
    return blend;
  }

  /** The closed sessions in shared memory. */
  public SessionIndex sessions() {
    return sessions;
  }

  /** The trends in shared memory. */
  public Trends trends() {
    return trends;
  }

  /** The graph of users and items in shared memory. */
  public InteractionGraph graph() {
    return graph;
  }

  /** The attributes in shared memory. */
  public ContentIndex content() {
    return content;
  }

  /** An item's factors, then its bias, as the replica holds them now. */
  public float[] row(String itemId) {
    int slot = items.slot(itemId);
    int k = items.config().factors();
    float[] row = new float[k + 1];
    System.arraycopy(items.factors(slot), items.offset(slot), row, 0, k);
    row[k] = items.bias(slot);
    return row;
  }

  /** All items of the replica. */
  public List<String> itemIds() {
    List<String> ids = new ArrayList<>();
    for (int slot = 0; slot < items.size(); slot++) {
      ids.add(items.id(slot));
    }
    return ids;
  }

  /** One of the writers that are running. */
  public Harnesses.Plain<ReplicaUpdate, Void> writer(int index) {
    return writers.get(index);
  }

  /** Sends an update to all writers, as a broadcast does. */
  public void broadcast(ReplicaUpdate update) throws Exception {
    for (var writer : writers) {
      writer.send(update);
    }
  }

  /** Takes a checkpoint of all writers. */
  public OperatorSubtaskState[] writerSnapshots() throws Exception {
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[writers.size()];
    for (int i = 0; i < snapshots.length; i++) {
      snapshots[i] = writers.get(i).snapshot();
    }
    return snapshots;
  }

  /** A user-factor subtask, not opened. */
  public Harnesses.Keyed<String, Interaction, ItemDeltas> userFactors(int subtask)
      throws Exception {
    return owned(
        Harnesses.keyed(
            new UserFactorFunction(model, true),
            Interaction::userId,
            Types.STRING,
            "hashmap",
            slot(subtask)));
  }

  /** A recommender subtask, not opened. */
  public Harnesses.Connected<Interaction, UserInput, RecommendationList> recommender(
      int subtask, ServingSettings serving, EvaluationConfig evaluation) throws Exception {
    return recommender(subtask, serving, evaluation, false);
  }

  /** A recommender subtask, not opened, that may await an offline model. */
  public Harnesses.Connected<Interaction, UserInput, RecommendationList> recommender(
      int subtask, ServingSettings serving, EvaluationConfig evaluation, boolean awaitsModel)
      throws Exception {
    return owned(
        Harnesses.connected(
            new RecommenderFunction(model, serving, evaluation, true, awaitsModel),
            Interaction::userId,
            UserInput::key,
            "hashmap",
            slot(subtask)));
  }

  /** A ranking subtask, not opened. */
  public Harnesses.Connected<UserFactor, RecommendationRequest, RecommendationList> ranking(
      int subtask, ServingSettings serving) throws Exception {
    return owned(
        Harnesses.connected(
            new TopKRankingFunction(model, serving),
            UserFactor::userId,
            RecommendationRequest::key,
            "hashmap",
            slot(subtask)));
  }

  /** A session-neighbour subtask, not opened. */
  public Harnesses.Keyed<String, Interaction, RecommendationList> sessionNeighbors(
      int subtask, SessionNeighborConfig config, Duration gap) throws Exception {
    return owned(
        Harnesses.keyed(
            new SessionNeighborFunction(model.replica(), config, 5, gap),
            Interaction::userId,
            Types.STRING,
            "hashmap",
            slot(subtask)));
  }

  /** The only owner of items, not opened. */
  public Harnesses.Keyed<String, ItemDelta, ItemFactor> owners() throws Exception {
    return owned(Harnesses.keyed(new ItemFactorFunction(model), ItemDelta::itemId, Types.STRING));
  }

  private <S extends Subtask<?>> S owned(S subtask) {
    all.push(subtask);
    return subtask;
  }

  @Override
  public void close() throws Exception {
    List<Subtask<?>> newestFirst = List.copyOf(all);
    all.clear();
    IOUtils.closeAll(newestFirst);
  }
}
