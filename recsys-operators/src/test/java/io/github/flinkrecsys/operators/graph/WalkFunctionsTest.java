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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    return start(1, 0);
  }

  private static Harnesses.Connected<GraphEdge, RecommendationRequest, Walkers> start(
      int parallelism, int subtask) throws Exception {
    return Harnesses.connected(
        new WalkStartFunction(GRAPH, WALK),
        GraphEdge::user,
        request -> Hashes.hash(request.key()),
        Types.LONG,
        "hashmap",
        new Slot(new JobID(), parallelism, subtask));
  }

  private static Harnesses.Keyed<String, WalkVisit, RecommendationList> collect() throws Exception {
    return collect(1, 0);
  }

  private static Harnesses.Keyed<String, WalkVisit, RecommendationList> collect(
      int parallelism, int subtask) throws Exception {
    return Harnesses.keyed(
        new WalkCollectFunction(WALK, Duration.ofMillis(100)),
        visit -> visit.origin().request(),
        Types.STRING,
        "hashmap",
        parallelism,
        subtask);
  }

  private static RecommendationRequest by(String user, long millis) {
    return new RecommendationRequest(user, 10, null, millis);
  }

  /** Of the first user whose requests are sent to a subtask of two. */
  private static RecommendationRequest by(int subtask, String[] items) {
    int user = 0;
    while (Harnesses.subtaskOf(Hashes.hash("u" + user), 2) != subtask) {
      user++;
    }
    return new RecommendationRequest("u" + user, 10, null, items, false, 500);
  }

  private static List<String> queries(List<Walkers> walkers) {
    return walkers.stream().map(w -> w.origin().queryId()).toList();
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
  void everyRequestHasANumberOfItsOwnAlsoAcrossRestores() throws Exception {
    String[] items = {"Aa"};
    String[] likeThem = {"BB"};
    assertThat(Arrays.hashCode(items)).isEqualTo(Arrays.hashCode(likeThem));
    List<Walkers> sent = new ArrayList<>();
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var before = start(2, subtask)) {
        before.open();
        for (int n = 0; n <= 3 * subtask; n++) {
          before.send2(by(subtask, items));
          before.send2(by(subtask, likeThem));
        }
        sent.addAll(before.output());
        snapshots[subtask] = before.snapshot();
      }
    }
    OperatorSubtaskState middle;
    try (var alone = start(1, 0)) {
      alone.restore(Harnesses.rescaled(1, 0, snapshots));
      alone.send2(by(0, items));
      sent.addAll(alone.output());
      middle = alone.snapshot();
    }
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var after = start(2, subtask)) {
        after.restore(Harnesses.rescaled(2, subtask, middle));
        after.send2(by(subtask, items));
        after.send2(by(subtask, items));
        sent.addAll(after.output());
      }
    }
    assertThat(sent).hasSize(15);
    assertThat(sent).extracting(w -> w.origin().request()).doesNotHaveDuplicates();
    assertThat(sent.get(2).path()).as("equal requests walk alike").isEqualTo(sent.get(4).path());
    assertThat(sent.get(2).path()).isNotEqualTo(sent.get(3).path());
  }

  @Test
  void usersKeepTheirItemsApartAcrossRestoresAndRescaling() throws Exception {
    OperatorSubtaskState whole;
    try (var before = start()) {
      before.open();
      for (int n = 0; n < 3; n++) {
        for (int user = 0; user < 20; user++) {
          before.send1(edge("u" + user, "i" + user + "-" + n, 100 + n));
        }
      }
      whole = before.snapshot();
    }
    OperatorSubtaskState[] halves = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var after = start(2, subtask)) {
        after.restore(Harnesses.rescaled(2, subtask, whole));
        for (int user = 0; user < 20; user++) {
          if (Harnesses.subtaskOf(Hashes.hash("u" + user), 2) == subtask) {
            int before = after.output().size();
            after.send2(by("u" + user, 500));
            assertThat(queries(after.output().subList(before, before + 2)))
                .containsExactly("i" + user + "-2", "i" + user + "-1");
            after.send1(edge("u" + user, "new" + user, 200));
          }
        }
        halves[subtask] = after.snapshot();
      }
    }
    try (var after = start()) {
      after.restore(Harnesses.rescaled(1, 0, halves));
      for (int user = 0; user < 20; user++) {
        after.send2(by("u" + user, 500));
        assertThat(queries(after.output().subList(2 * user, 2 * user + 2)))
            .containsExactly("new" + user, "i" + user + "-2");
      }
      assertThat(after.stateEntries()).isEqualTo(20);
    }
  }

  @Test
  void aLateEdgeCountsInTheWindowAndAUserIsFreedAfterIt() throws Exception {
    try (var start = start()) {
      start.open();
      start.send1(edge("u", "a", 5_000));
      start.watermark(5_500);
      start.send1(edge("u", "late", 4_600));
      start.send1(edge("u", "too-late", 4_000));
      start.send1(edge("v", "too-late", 4_500));
      assertThat(start.counter("expiredEdges")).isEqualTo(2);
      start.send2(by("v", 5_500));
      assertThat(start.output()).isEmpty();
      start.send2(by("u", 5_500));
      assertThat(queries(start.output())).containsExactly("a", "late");
      start.watermark(5_999);
      assertThat(start.stateEntries()).isEqualTo(1);
      start.watermark(6_000);
      assertThat(start.stateEntries()).isZero();
      assertThat(start.timers()).isZero();
      assertThat(start.counter("keysAdded")).isEqualTo(1);
      assertThat(start.counter("keysFreed")).isEqualTo(1);
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
    }
  }

  @Test
  void noWalkThatComesLateMakesASecondList() throws Exception {
    try (var collect = collect()) {
      collect.open();
      collect.send(visit("s", "q1", "x", 9, 9));
      collect.clock(100);
      assertThat(collect.output()).hasSize(1);
      assertThat(collect.clockTimers()).isZero();
      for (int n = 1; n <= 20; n++) {
        collect.send(visit("s", "q1", "x", 1, 1));
        collect.clock(100 + 150 * n);
      }
      assertThat(collect.stateEntries()).as("one walk is missing").isEqualTo(1);
      collect.send(visit("s", "q1", "x", 1, 1));
      collect.clock(10_000);
      assertThat(collect.output()).hasSize(1);
      assertThat(collect.counter("incompleteWalks")).isEqualTo(1);
      assertThat(collect.stateEntries()).isZero();
      assertThat(collect.clockTimers()).isZero();
    }
  }

  @Test
  void openRequestsAreRescaledWithTheirVisitsTimersAndAnswers() throws Exception {
    OperatorSubtaskState whole;
    try (var before = collect()) {
      before.open();
      for (int n = 0; n < 20; n++) {
        before.send(visit("answered" + n, "q1", "x", 4, 4));
      }
      before.clock(100);
      assertThat(before.output()).hasSize(20);
      for (int n = 0; n < 20; n++) {
        before.send(visit("open" + n, "q1", "x" + n, 4, 4));
      }
      whole = before.snapshot();
    }
    OperatorSubtaskState[] halves = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var after = collect(2, subtask)) {
        after.restore(Harnesses.rescaled(2, subtask, whole));
        for (int n = 0; n < 20; n++) {
          for (String request : List.of("answered" + n, "open" + n)) {
            if (Harnesses.subtaskOf(request, 2) == subtask) {
              after.send(visit(request, "q1", "y" + n, 16, 16));
            }
          }
        }
        assertThat(after.output()).isEmpty();
        halves[subtask] = after.snapshot();
      }
    }
    try (var after = collect()) {
      after.restore(Harnesses.rescaled(1, 0, halves));
      for (int n = 0; n < 20; n++) {
        after.send(visit("answered" + n, "q1", "x", 10, 10));
      }
      assertThat(after.output()).as("these have their lists").isEmpty();
      for (int n = 0; n < 10; n++) {
        after.send(visit("open" + n, "q1", "x" + n, 10, 10));
        assertThat(after.output().get(n).items())
            .extracting(ScoredItem::itemId, ScoredItem::score)
            .containsExactly(tuple("y" + n, 16f), tuple("x" + n, 14f));
      }
      after.clock(100 + 100);
      assertThat(after.output()).as("the timeout of the others").hasSize(20);
      assertThat(after.counter("incompleteWalks")).isEqualTo(10);
      assertThat(after.stateEntries()).isEqualTo(10);
      for (int n = 10; n < 20; n++) {
        after.send(visit("open" + n, "q1", "x" + n, 10, 10));
      }
      assertThat(after.output()).hasSize(20);
      assertThat(after.stateEntries()).isZero();
      assertThat(after.clockTimers()).isZero();
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
