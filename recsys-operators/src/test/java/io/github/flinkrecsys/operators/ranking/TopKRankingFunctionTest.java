/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.ListPolicy;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.rule.ItemRule;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Items a, b, c, d with the factors (4, 0), (3, 1), (2, 2), (1, 5), of which d is most popular,
 * then c, b, a.
 */
class TopKRankingFunctionTest {
  private static final ModelSettings MODEL =
      ModelSettings.builder("m")
          .factors(FactorConfig.pairwise().factors(2).initialDeviation(0).build())
          .userTtl(Duration.ofMinutes(1))
          .build();
  private static final RankingConfig RANKING =
      RankingConfig.builder()
          .k(3)
          .blend(BlendConfig.builder().weight(Sources.POPULARITY, 0).fixed().build())
          .build();
  private static final float[] LIKES_FIRST = {1, 0, 0};
  private static final float[] LIKES_SECOND = {0, 1, 0};

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
  }

  @Test
  void everyFactorBringsTheBestItemsThatTheUserHasNotSeen() throws Exception {
    try (var taskManager = taskManager(1)) {
      var users = taskManager.ranking(0, ServingSettings.onUpdate(RANKING)).open();
      users.send1(factor("u", LIKES_FIRST, "x", 10));
      users.send1(factor("v", LIKES_SECOND, "d", 20));
      users.send1(factor("u", LIKES_FIRST, "a", 30));
      users.send1(factor("u", LIKES_SECOND, "c", 25));
      assertThat(users.output())
          .extracting(RecommendationList::userId, TopKRankingFunctionTest::ids)
          .containsExactly(
              tuple("u", "a", "b", "c"),
              tuple("v", "c", "b", "a"),
              tuple("u", "b", "c", "d"),
              tuple("u", "d", "b"));
      assertThat(users.output())
          .extracting(RecommendationList::generatedAtMillis)
          .containsExactly(10L, 20L, 30L, 25L);
      assertThat(users.output().get(0).items()[0].source()).isEqualTo(Sources.FACTORS);
    }
  }

  @Test
  void aSourceThatCannotBeClosedKeepsNoReplica() throws Exception {
    RankingConfig broken = RankingConfig.builder().source(items -> new BrokenSource()).build();
    var taskManager = taskManager(1);
    taskManager.ranking(0, ServingSettings.onUpdate(broken)).open();
    assertThatThrownBy(taskManager::close).hasStackTraceContaining("planned");
    // Afterwards every replica must have been given back.
  }

  @Test
  void requestsAreAnsweredAndUnknownUsersGetWhatIsPopular() throws Exception {
    try (var taskManager = taskManager(1)) {
      var users = taskManager.ranking(0, ServingSettings.onRequest(RANKING)).open();
      users.send1(factor("u", LIKES_FIRST, "a", 10));
      assertThat(users.output()).isEmpty();
      users.send2(request("u", 2, 20));
      users.send2(request("stranger", 4, 20));
      users.watermark(1_000);
      users.send2(request("u", 1, 20));
      assertThat(users.output())
          .extracting(RecommendationList::userId, TopKRankingFunctionTest::ids)
          .containsExactly(
              tuple("u", "b", "c"), tuple("stranger", "d", "c", "b", "a"), tuple("u", "b"));
      assertThat(users.output().get(1).items())
          .extracting(ScoredItem::source)
          .containsOnly(Sources.POPULARITY);
      assertThat(users.stateEntries()).as("a stranger leaves nothing").isEqualTo(2);
    }
  }

  @Test
  void whatWasServedIsRememberedOfUsersWhoOnlyAskToo() throws Exception {
    ListPolicy policy = ListPolicy.builder().servedFor(Duration.ofHours(1)).build();
    var serving = ServingSettings.onRequest(RankingConfig.builder().k(3).policy(policy).build());
    try (var taskManager = taskManager(1)) {
      var users = taskManager.ranking(0, serving).open();
      users.send2(request("stranger", 2, 20));
      users.send2(request("stranger", 2, 30));
      users.send2(request("stranger", 2, 40));
      assertThat(users.output())
          .extracting(TopKRankingFunctionTest::ids)
          .containsExactly(List.of("d", "c"), List.of("b", "a"), List.of());
      users.watermark(60_040);
      assertThat(users.stateEntries() + users.timers()).isZero();
    }
  }

  @Test
  void aRuleWrittenAsAnExpressionFollowsTheMetadata() throws Exception {
    RankingConfig inStock =
        RankingConfig.builder()
            .k(4)
            .rule(ItemRule.expression("stock > 0 and category != 'outlet'"))
            .build();
    try (var taskManager = taskManager(1)) {
      taskManager.broadcast(ReplicaUpdate.of(metadata("a", "outlet", 5, 1)));
      taskManager.broadcast(ReplicaUpdate.of(metadata("b", "shoe", 5, 1)));
      taskManager.broadcast(ReplicaUpdate.of(metadata("c", "shoe", 0, 1)));
      var users = taskManager.ranking(0, ServingSettings.onUpdate(inStock)).open();
      users.send1(factor("u", LIKES_FIRST, "x", 10));
      taskManager.broadcast(ReplicaUpdate.of(metadata("c", "shoe", 1, 2)));
      users.send1(factor("u", LIKES_FIRST, "x", 20));
      users.send2(request("stranger", 4, 30));
      assertThat(users.output())
          .extracting(TopKRankingFunctionTest::ids)
          .as("nothing is known of d, and c comes into stock")
          .containsExactly(List.of("b"), List.of("b", "c"), List.of("c", "b"));
      assertThat(users.counter("ruleFailures")).isZero();
    }
  }

  private static ItemMetadata metadata(String itemId, String category, double stock, long at) {
    return new ItemMetadata(
        itemId,
        Attributes.of(Map.of("category", category)),
        Features.of(Map.of("stock", stock)),
        at);
  }

  @Test
  void theThrottleHoldsListsBackAndSendsTheNewestWhenItIsOver() throws Exception {
    var throttled = new ServingSettings(RANKING, true, Duration.ofMillis(500));
    try (var taskManager = taskManager(1)) {
      var users = taskManager.ranking(0, throttled).open();
      users.send1(factor("u", LIKES_FIRST, "x", 10));
      users.clock(100);
      users.send1(factor("u", LIKES_FIRST, "a", 20));
      users.send1(factor("u", LIKES_SECOND, "b", 30));
      users.send2(request("u", 1, 40));
      assertThat(users.output())
          .extracting(RecommendationList::generatedAtMillis)
          .containsExactly(10L, 40L);
      users.clock(499);
      assertThat(users.output()).hasSize(2);
      users.clock(500);
      assertThat(users.output()).hasSize(3);
      assertThat(users.output().get(2).generatedAtMillis()).isEqualTo(30);
      assertThat(ids(users.output().get(2))).containsExactly("d", "c");
      assertThat(users.clockTimers()).isZero();
      users.clock(999);
      users.send1(factor("u", LIKES_FIRST, "x", 50));
      assertThat(users.output()).hasSize(3);
      users.clock(1_000);
      assertThat(users.output()).hasSize(4);
    }
  }

  @Test
  void invalidRequestsAreDeadLetters() throws Exception {
    RecommendationRequest bad = request("u", 0, 5);
    try (var taskManager = taskManager(1)) {
      var users = taskManager.ranking(0, ServingSettings.onRequest(RANKING)).open();
      users.send2(bad);
      assertThat(users.output()).isEmpty();
      assertThat(users.sideOutput(DeadLetter.TAG))
          .containsExactly(
              new DeadLetter(
                  "top-k-ranking", "k must be between 1 and 1000, got 0", bad.toString(), -1));
      assertThat(users.counter("deadLetters")).isEqualTo(1);
    }
  }

  @Test
  void lateFactorsAreTakenAndRemembered() throws Exception {
    try (var taskManager = taskManager(1)) {
      var users = taskManager.ranking(0, ServingSettings.onRequest(RANKING)).open();
      users.send1(factor("u", LIKES_FIRST, "a", 9_000));
      users.watermark(9_000);
      users.send1(factor("u", LIKES_FIRST, "b", 5));
      users.send2(request("u", 4, 9_001));
      assertThat(users.output()).hasSize(1);
      assertThat(users.output().get(0).items())
          .extracting(ScoredItem::itemId)
          .isNotEmpty()
          .doesNotContain("a", "b");
    }
  }

  @Test
  void factorsThatAreNoneAreDeadLetters() throws Exception {
    try (var taskManager = taskManager(1)) {
      var users = taskManager.ranking(0, ServingSettings.onUpdate(RANKING)).open();
      users.send1(new UserFactor("u", null, 1, "a", 1));
      users.send1(factor("u", new float[] {1, 0}, "a", 1));
      users.send1(factor("u", new float[] {1, Float.NaN, 0}, "a", 1));
      users.send1(factor("u", LIKES_FIRST, null, 1));
      users.send1(factor("u", LIKES_FIRST, "a", -1));
      assertThat(users.output()).isEmpty();
      assertThat(users.stateEntries()).isZero();
      assertThat(users.sideOutput(DeadLetter.TAG))
          .extracting(DeadLetter::reason)
          .containsExactly(
              "vector must have 3 numbers, factors and bias, got 0",
              "vector must have 3 numbers, factors and bias, got 2",
              "vector must be of finite numbers, got NaN",
              "itemId must be a non-blank string, got null",
              "timestampMillis must not be negative, got -1");
      assertThat(users.counter("deadLetters")).isEqualTo(5);
    }
  }

  @Test
  void aSilentUserIsForgotten() throws Exception {
    try (var taskManager = taskManager(1)) {
      var users = taskManager.ranking(0, ServingSettings.onRequest(RANKING)).open();
      users.send1(factor("u", LIKES_FIRST, "a", 1_000));
      users.send1(factor("u", LIKES_FIRST, "b", 9_000));
      users.watermark(68_999);
      assertThat(users.stateEntries()).isEqualTo(2);
      users.watermark(69_000);
      assertThat(users.stateEntries() + users.timers()).isZero();
      users.send2(request("u", 4, 70_000));
      assertThat(ids(users.output().get(0))).containsExactly("d", "c", "b", "a");
    }
  }

  @Test
  void usersSurviveRestoreAndTheirThrottleGoesOn() throws Exception {
    var throttled = new ServingSettings(RANKING, true, Duration.ofMillis(500));
    OperatorSubtaskState snapshot;
    try (var taskManager = taskManager(1)) {
      var before = taskManager.ranking(0, throttled).open();
      before.send1(factor("u", LIKES_FIRST, "a", 10));
      before.send1(factor("u", LIKES_FIRST, "b", 20));
      snapshot = before.snapshot();
    }
    try (var taskManager = taskManager(1)) {
      var after = taskManager.ranking(0, throttled).restore(snapshot);
      after.send2(request("u", 3, 30));
      after.clock(500);
      assertThat(after.output())
          .extracting(RecommendationList::generatedAtMillis, TopKRankingFunctionTest::ids)
          .containsExactly(
              Tuple.tuple(30L, List.of("c", "d")), Tuple.tuple(20L, List.of("c", "d")));
      after.watermark(60_020);
      assertThat(after.stateEntries() + after.timers()).isZero();
    }
  }

  @Test
  void usersFollowTheirKeysWhenParallelismChanges() throws Exception {
    OperatorSubtaskState one;
    try (var taskManager = taskManager(1)) {
      var single = taskManager.ranking(0, ServingSettings.onRequest(RANKING)).open();
      for (int user = 0; user < 20; user++) {
        single.send1(factor("u" + user, LIKES_FIRST, "a", 10));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    try (var taskManager = taskManager(2)) {
      for (int subtask = 0; subtask < 2; subtask++) {
        var half =
            taskManager
                .ranking(subtask, ServingSettings.onRequest(RANKING))
                .restore(Harnesses.rescaled(2, subtask, one));
        for (int user = 0; user < 20; user++) {
          if (Harnesses.subtaskOf("u" + user, 2) == subtask) {
            half.send1(factor("u" + user, LIKES_SECOND, "d", 20));
          }
        }
        assertThat(half.stateEntries()).isBetween(1, 39);
        two[subtask] = half.snapshot();
      }
    }
    try (var taskManager = taskManager(1)) {
      var single =
          taskManager
              .ranking(0, ServingSettings.onRequest(RANKING))
              .restore(Harnesses.rescaled(1, 0, two));
      for (int user = 0; user < 20; user++) {
        single.send2(request("u" + user, 4, 30));
      }
      assertThat(single.output())
          .hasSize(20)
          .allSatisfy(list -> assertThat(ids(list)).containsExactly("c", "b"));
      single.watermark(60_020);
      assertThat(single.stateEntries() + single.timers()).isZero();
    }
  }

  private static RecommenderHarness taskManager(int parallelism) throws Exception {
    var taskManager = RecommenderHarness.open(MODEL, parallelism);
    double[] popularity = new double[4];
    Arrays.setAll(popularity, i -> MODEL.popularity().of(i + 1, 0));
    float[] factors = {4, 0, 0, 3, 1, 0, 2, 2, 0, 1, 5, 0};
    String[] ids = {"a", "b", "c", "d"};
    taskManager.broadcast(
        ReplicaUpdate.of(new ItemDeltas(12345, 0, ids, factors, new long[4], popularity, 0, 0)));
    return taskManager;
  }

  private static UserFactor factor(
      String userId, float[] vector, String itemId, long timestampMillis) {
    return new UserFactor(userId, vector.clone(), 1, itemId, timestampMillis);
  }

  private static RecommendationRequest request(String userId, int k, long timestampMillis) {
    return new RecommendationRequest(userId, k, null, timestampMillis);
  }

  private static Tuple tuple(String userId, String... itemIds) {
    return Tuple.tuple(userId, List.of(itemIds));
  }

  private static List<String> ids(RecommendationList list) {
    return Arrays.stream(list.items()).map(ScoredItem::itemId).toList();
  }
}
