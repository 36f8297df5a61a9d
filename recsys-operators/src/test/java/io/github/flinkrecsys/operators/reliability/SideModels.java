/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.catalog.ContentIndex;
import io.github.flinkrecsys.core.catalog.TrendCounts;
import io.github.flinkrecsys.core.catalog.Trends;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.graph.Edges;
import io.github.flinkrecsys.core.graph.GraphNode;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.neighbor.SessionIndex;
import io.github.flinkrecsys.core.ranking.BlendWeights;
import io.github.flinkrecsys.core.ranking.ItemModels;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ModelProgress;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.replica.ReplicaScope;
import io.github.flinkrecsys.operators.replica.ReplicaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What a replica holds beside factors: pairs of items, what trends, the graph. As rows of text by
 * name, of a job's replica or of a loop over the stream.
 */
final class SideModels {
  static final String STREAM = "models";

  /** Sums of floats in another order. */
  private static final double ROUNDING = 1e-4;

  private SideModels() {}

  static Map<String, String> rows(ItemModels models) {
    Map<String, String> rows = new HashMap<>();
    addPairs(models, rows);
    TrendCounts trends = models.trends().copy(0);
    for (int i = 0; i < trends.itemIds().length; i++) {
      rows.put("trend " + trends.itemIds()[i], "" + trends.counts()[i]);
    }
    for (GraphNode node : models.graph().nodes(0, 1)) {
      for (int i = 0; i < node.stamps().length; i++) {
        rows.put(
            (node.isUser() ? "user " : "item ") + node.node() + " " + node.neighbors()[i],
            "" + Edges.millis(node.stamps()[i]));
      }
    }
    return rows;
  }

  private static void addPairs(ItemModels models, Map<String, String> rows) {
    int most = models.neighbors().config().maxNeighbors();
    int[] slots = new int[most];
    float[] forward = new float[most];
    float[] backward = new float[most];
    for (int slot = 0; slot < models.items().size(); slot++) {
      int count = models.neighbors().read(slot, 0, slots, forward, backward);
      for (int i = 0; i < count; i++) {
        String pair = models.items().id(slot) + " " + models.items().id(slots[i]);
        rows.put("before " + pair, "" + forward[i]);
        rows.put("after " + pair, "" + backward[i]);
      }
    }
  }

  /** Every replica of the last start has what a loop over the events finds. */
  static void assertEqual(Path journal, long seed, int events, int subtasks) throws IOException {
    Map<String, String> expected = rows(learn(seed, events));
    Map<Integer, Map<String, String>> replicas = Outcome.bySubtask(journal, STREAM);
    assertThat(replicas).hasSize(subtasks);
    replicas.forEach(
        (subtask, found) -> {
          assertThat(found.keySet()).isEqualTo(expected.keySet());
          found.forEach(
              (name, value) ->
                  assertThat(Double.parseDouble(value))
                      .as("%s in the replica of subtask %d", name, subtask)
                      .isCloseTo(Double.parseDouble(expected.get(name)), within(ROUNDING)));
        });
  }

  private static ItemModels learn(long seed, int events) {
    ReplicaSettings settings = TestShop.replica(ReplicaScope.SUBTASK);
    ItemModels models = empty(settings);
    Map<String, RecentItems> recent = new HashMap<>();
    List<Interaction> valid =
        LongStream.range(0, events)
            .mapToObj(n -> TestShop.event(seed, n))
            .filter(event -> !TestShop.isRefused(event))
            .toList();
    for (Interaction event : valid) {
      learn(event, recent.computeIfAbsent(event.userId(), u -> new RecentItems()), models);
    }
    return models;
  }

  private static void learn(Interaction event, RecentItems recent, ItemModels models) {
    long at = event.timestampMillis();
    float confidence = TestShop.FACTORS.confidence().of(event.type());
    int slot = models.items().admit(event.itemId());
    models.items().addPopularity(slot, models.decay().of(confidence, at));
    int[] slots = new int[models.neighbors().config().window()];
    int count = models.neighbors().slotsOf(recent, slots);
    models.neighbors().learn(slot, slots, count, confidence, at);
    models.trends().learn(slot, confidence, at);
    long item = Hashes.hash(event.itemId());
    models.graph().add(Hashes.hash(event.userId()), item, Edges.stamp(at, confidence));
    recent.add(item, models.neighbors().config().window());
  }

  private static ItemModels empty(ReplicaSettings settings) {
    ItemReplica items = new ItemReplica(settings.items());
    return new ItemModels(
        items,
        settings.decay(),
        new ItemNeighbors(settings.neighbors(), items, settings.decay()),
        new SessionIndex(settings.sessions()),
        new Trends(settings.catalog(), items),
        new ContentIndex(settings.catalog(), items),
        new BlendWeights(),
        new InteractionGraph(settings.graph()),
        new ModelProgress());
  }
}
