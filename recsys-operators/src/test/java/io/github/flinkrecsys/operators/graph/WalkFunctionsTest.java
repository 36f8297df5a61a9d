/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.Slot;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Where walks in keyed state begin and where they are gathered. */
class WalkFunctionsTest {
  private static final GraphConfig GRAPH =
      GraphConfig.builder().window(Duration.ofMillis(1_000)).build();
  private static final WalkConfig WALK =
      WalkConfig.builder()
          .steps(90)
          .maxLength(1)
          .restart(1)
          .queryItems(2)
          .positionDecay(0.5)
          .build();

  private static Harnesses.Connected<GraphEdge, RecommendationRequest, Walkers> start()
      throws Exception {
    return Harnesses.connected(
        new WalkStartFunction(GRAPH, WALK),
        GraphEdge::user,
        request -> Hashes.hash(request.key()),
        Types.LONG,
        "hashmap",
        new Slot(new JobID(), 1, 0));
  }

  private static Harnesses.Keyed<String, WalkVisit, RecommendationList> collect() throws Exception {
    return Harnesses.keyed(
        new WalkCollectFunction(WALK, Duration.ofMillis(100)),
        visit -> visit.origin().request(),
        Types.STRING);
  }

  private static GraphEdge edge(String user, String item, long millis) {
    return GraphEdge.of(Interaction.click(user, item, millis), ConfidenceWeights.EQUAL);
  }

  private static WalkVisit visit(String request, String query, String item, int visits, int ended) {
    WalkOrigin origin = new WalkOrigin(request, "u", 1, 2, 500, query, 30);
    return new WalkVisit(origin, item, visits, ended);
  }

  @Test
  void walksBeginAtTheItemsOfTheRequestOrAtThoseOfTheUser() throws Exception {
    try (var start = start()) {
      start.open();
      start.send1(edge("u", "old", 100));
      start.send1(edge("u", "new", 200));
      start.send1(edge("u", "future", 900));
      start.send2(new RecommendationRequest("u", 10, null, 500));
      assertThat(start.output())
          .extracting(w -> w.origin().queryId(), Walkers::count, w -> w.origin().walks())
          .containsExactly(tuple("new", 60, 90), tuple("old", 30, 90));
      start.send2(new RecommendationRequest("u", 10, null, new String[] {"a", "new"}, false, 500));
      start.send2(new RecommendationRequest("u", 10, null, new String[] {"a"}, false, 500));
      assertThat(start.output().subList(2, 5))
          .extracting(w -> w.origin().queryId())
          .containsExactly("new", "a", "a");
      start.send2(RecommendationRequest.anonymous(new String[] {"u"}, 10, 500));
      assertThat(start.output().subList(5, start.output().size()))
          .as("the item's name is not the user's")
          .extracting(w -> w.origin().queryId())
          .containsExactly("u");
    }
  }

  @Test
  void whoIsNotKnownGetsAnEmptyList() throws Exception {
    try (var start = start();
        var collect = collect()) {
      start.open();
      collect.open();
      start.send2(new RecommendationRequest("nobody", 10, null, 500));
      assertThat(start.output()).isEmpty();
      for (WalkVisit visit : start.sideOutput(AdjacencyFunction.VISITS)) {
        collect.send(visit);
      }
      assertThat(collect.output()).hasSize(1);
      assertThat(collect.output().get(0).userId()).isEqualTo("nobody");
      assertThat(collect.output().get(0).items()).isEmpty();
    }
  }

  @Test
  void theListComesWithTheLastWalkAcrossARestoreAndNothingStays() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = collect()) {
      before.open();
      before.send(visit("r", "q1", "x", 9, 9));
      before.send(visit("other", "q1", "z", 9, 9));
      before.send(visit("r", "q2", "x", 4, 4));
      snapshot = before.snapshot();
    }
    try (var after = collect()) {
      after.restore(snapshot);
      after.send(visit("r", "q2", "y", 16, 8));
      after.send(visit("r", "q1", "q2", 5, 5));
      assertThat(after.output()).isEmpty();
      after.send(visit("r", "q1", "", 0, 4));
      assertThat(after.output()).hasSize(1);
      assertThat(after.output().get(0).items())
          .extracting(ScoredItem::itemId, ScoredItem::score, ScoredItem::becauseItemId)
          .containsExactly(tuple("x", 25f, "q1"), tuple("y", 16f, "q2"));
      after.send(visit("other", "q1", "z", 21, 21));
      assertThat(after.output()).hasSize(2);
      assertThat(after.stateEntries()).isZero();
      assertThat(after.clockTimers()).isZero();
    }
  }

  @Test
  void aListThatMissesWalksIsMadeAfterTheTimeoutOnce() throws Exception {
    try (var collect = collect()) {
      collect.open();
      collect.send(visit("r", "q1", "x", 9, 9));
      collect.clock(100);
      assertThat(collect.output()).hasSize(1);
      assertThat(collect.counter("incompleteWalks")).isEqualTo(1);
      collect.send(visit("r", "q1", "x", 21, 21));
      assertThat(collect.output()).hasSize(1);
      assertThat(collect.stateEntries()).isZero();
      collect.send(visit("s", "q1", "x", 9, 9));
      collect.clock(200);
      collect.clock(300);
      assertThat(collect.output()).hasSize(2);
      assertThat(collect.stateEntries()).isZero();
      assertThat(collect.clockTimers()).isZero();
    }
  }

  @Test
  void refusesWhatCannotBeUnrolled() {
    Duration timeout = Duration.ofSeconds(1);
    ConfidenceWeights equal = new ConfidenceWeights(Map.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyedGraphWalk("w", GraphConfig.NONE, WALK, equal, timeout))
        .withMessage("window must be positive, got PT0S");
    WalkConfig longer = WalkConfig.builder().maxLength(5).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyedGraphWalk("w", GRAPH, longer, equal, timeout))
        .withMessage("maxLength must be between 1 and 4, got 5");
    WalkConfig byDegree = WalkConfig.builder().degreeExponent(0.5).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyedGraphWalk("w", GRAPH, byDegree, equal, timeout))
        .withMessageStartingWith("degreeExponent must be 0");
  }
}
