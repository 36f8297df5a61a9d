/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.ranking.ListPolicy;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.factorization.FlushSettings;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.ranking.BrokenSource;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.testing.DeltaSums;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import io.github.flinkrecsys.operators.testing.SampleStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecommenderFunctionTest {
  private static final ModelSettings MODEL =
      model(FactorConfig.pairwise().factors(4).negatives(3).build(), 1_000);
  private static final ModelSettings WITH_IMPRESSIONS =
      ModelSettings.builder("m")
          .factors(
              FactorConfig.pairwise()
                  .factors(4)
                  .confidence(new ConfidenceWeights(Map.of("impression", 0.0)))
                  .build())
          .neighbors(NeighborConfig.builder().build())
          .build();
  private static final RankingConfig RANKING = RankingConfig.builder().k(5).build();
  private static final ServingSettings ON_UPDATE = ServingSettings.onUpdate(RANKING);
  private static final EvaluationConfig EVALUATION = EvaluationConfig.of(5, Duration.ofMinutes(1));

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
  }

  @Test
  void aStepIsInTheReplicaBeforeAnythingIsSent() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, ON_UPDATE, EVALUATION).open();
      users.send1(Interaction.click("u", "a", 1));
      users.send1(Interaction.click("u", "b", 2));
      assertThat(taskManager.row("a")).isNotEqualTo(nothing().row("a"));
      assertThat(users.sideOutput(RecommenderFunction.ITEM_DELTAS)).isEmpty();
      assertThat(users.sideOutput(RecommenderFunction.EVALUATION)).isEmpty();
      users.clock(50);
      assertThat(users.sideOutput(RecommenderFunction.ITEM_DELTAS)).hasSize(1);
      assertThat(users.sideOutput(RecommenderFunction.EVALUATION))
          .as("three sources, the second event is the first to be judged")
          .hasSize(3)
          .allMatch(part -> part.scored() == 1 && part.hits() == 0);
      nothing().add(users.sideOutput(RecommenderFunction.ITEM_DELTAS)).assertEqualTo(taskManager);
    }
  }

  @Test
  void aSourceThatCannotBeClosedKeepsNoReplica() throws Exception {
    RankingConfig broken = RankingConfig.builder().source(items -> new BrokenSource()).build();
    var taskManager = RecommenderHarness.open(MODEL, 1);
    taskManager.recommender(0, ServingSettings.onUpdate(broken), null).open();
    assertThatThrownBy(taskManager::close).hasStackTraceContaining("planned");
    // Afterwards every replica must have been given back.
  }

  @Test
  void everyDeltaIsSentOnceAndTheEndOfTheInputSendsTheRest() throws Exception {
    ModelSettings often = model(MODEL.factors(), 7);
    try (var taskManager = RecommenderHarness.open(often, 1)) {
      var users = taskManager.recommender(0, ON_UPDATE, null).open();
      int events = 0;
      for (Interaction event : SampleStream.of(4, 220, 10, 40)) {
        users.send1(event);
        users.clock(++events);
      }
      int sentByTheClock = users.sideOutput(RecommenderFunction.ITEM_DELTAS).size();
      assertThat(sentByTheClock).isBetween(3, 4);
      users.watermark(Long.MAX_VALUE);
      assertThat(users.sideOutput(RecommenderFunction.ITEM_DELTAS)).hasSize(sentByTheClock + 1);
      DeltaSums sent = nothing().add(users.sideOutput(RecommenderFunction.ITEM_DELTAS));
      sent.assertEqualTo(taskManager);
      assertThat(sent.updates()).isEqualTo(220);
      assertThat(users.sideOutput(UserFactorFunction.USER_FACTORS)).hasSize(220);
      assertThat(users.sideOutput(RecommenderFunction.EVALUATION)).isEmpty();
    }
  }

  @Test
  void sumsOfAWindowAreSentBeforeTheWatermarkThatClosesIt() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, ON_UPDATE, EVALUATION).open();
      users.send1(Interaction.click("u", "a", 1));
      users.send1(Interaction.click("u", "b", 59_999));
      users.send1(Interaction.click("u", "c", 60_000));
      users.watermark(59_998);
      assertThat(users.sideOutput(RecommenderFunction.EVALUATION)).isEmpty();
      users.watermark(59_999);
      assertThat(users.sideOutput(RecommenderFunction.EVALUATION))
          .filteredOn(part -> part.source().equals(Sources.BLEND))
          .extracting(EvaluationSums::windowEndMillis)
          .containsExactly(60_000L, 120_000L);
    }
  }

  @Test
  void noUserIsShownWhatHeHasSeenNorWhatAnotherOneHasSeenIsWithheld() throws Exception {
    Map<String, Set<String>> seen = new HashMap<>();
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, ON_UPDATE, EVALUATION).open();
      for (Interaction event : SampleStream.of(5, 200, 2, 12)) {
        seen.computeIfAbsent(event.userId(), u -> new HashSet<>()).add(event.itemId());
        users.send1(event);
        RecommendationList list = users.output().get(users.output().size() - 1);
        assertThat(list.userId()).isEqualTo(event.userId());
        assertThat(list.generatedAtMillis()).isEqualTo(event.timestampMillis());
        Set<String> unseen = new HashSet<>(taskManager.itemIds());
        unseen.removeAll(seen.get(event.userId()));
        assertThat(ids(list)).isSubsetOf(unseen).hasSize(Math.min(5, unseen.size()));
      }
    }
  }

  @Test
  void requestsAreAlwaysAnsweredAndStrangersGetWhatIsPopular() throws Exception {
    var throttled = new ServingSettings(RANKING, true, Duration.ofMillis(500));
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, throttled, EVALUATION).open();
      for (String item : List.of("a", "b", "c", "b", "c", "c")) {
        users.send1(Interaction.click("u", item, 10));
      }
      users.send1(Interaction.click("v", "d", 10));
      users.send2(UserInput.of(new RecommendationRequest("stranger", 3, null, 20)));
      users.send2(UserInput.of(new RecommendationRequest("u", 3, null, 20)));
      RecommendationList stranger = users.output().get(2);
      assertThat(ids(stranger)).containsExactly("c", "b", "a");
      assertThat(stranger.items()).extracting(ScoredItem::source).containsOnly(Sources.POPULARITY);
      assertThat(ids(users.output().get(3))).containsExactly("d");
      assertThat(users.stateEntries()).as("two users, two states").isEqualTo(4);
    }
  }

  @Test
  void theThrottleHoldsListsBackPerUserAndSendsTheNewestWhenItIsOver() throws Exception {
    var throttled = new ServingSettings(RANKING, true, Duration.ofMillis(500));
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, throttled, null).open();
      users.send1(Interaction.click("u", "a", 10));
      users.clock(100);
      users.send1(Interaction.click("u", "b", 20));
      users.send1(Interaction.click("v", "c", 30));
      users.send1(Interaction.click("u", "c", 40));
      assertThat(users.output())
          .extracting(RecommendationList::generatedAtMillis)
          .containsExactly(10L, 30L);
      users.clock(499);
      assertThat(users.output()).hasSize(2);
      users.clock(500);
      users.clock(2_000);
      assertThat(users.output()).hasSize(3);
      assertThat(users.output().get(2).userId()).isEqualTo("u");
      assertThat(users.output().get(2).generatedAtMillis()).isEqualTo(40);
      assertThat(users.clockTimers()).isZero();
    }
  }

  @Test
  void aSilentUserIsForgottenAndALateInteractionIsLearnedFrom() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, ON_UPDATE, null).open();
      users.send1(Interaction.click("u", "a", 1_000));
      users.watermark(50_000);
      users.send1(Interaction.click("u", "b", 40_000));
      users.watermark(99_999);
      assertThat(users.stateEntries()).isEqualTo(2);
      users.watermark(100_000);
      users.clock(50);
      assertThat(users.stateEntries() + users.timers() + users.clockTimers()).isZero();
      users.send1(Interaction.click("u", "c", 30_000));
      assertThat(users.sideOutput(UserFactorFunction.USER_FACTORS))
          .extracting(UserFactor::steps)
          .containsExactly(1L, 2L, 1L);
      users.watermark(100_001);
      users.clock(100);
      assertThat(users.stateEntries() + users.timers() + users.clockTimers()).isZero();
    }
  }

  @Test
  void invalidRecordsOfBothInputsAreDeadLetters() throws Exception {
    Interaction interaction = new Interaction("u", "a", "click", Double.NaN, 5);
    RecommendationRequest request = new RecommendationRequest("u", 5, null, -5);
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, ON_UPDATE, EVALUATION).open();
      users.send1(interaction);
      users.send2(UserInput.of(request));
      assertThat(users.sideOutput(DeadLetter.TAG))
          .containsExactly(
              new DeadLetter(
                  "recommender", "weight must be finite, got NaN", interaction.toString(), -1),
              new DeadLetter(
                  "recommender",
                  "timestampMillis must be non-negative, got -5",
                  request.toString(),
                  -1));
      assertThat(users.counter("deadLetters")).isEqualTo(2);
      assertThat(users.output()).isEmpty();
      assertThat(users.stateEntries() + users.timers()).isZero();
    }
  }

  @Test
  void ratingsArePredictedBeforeTheyAreLearned() throws Exception {
    FactorConfig rating = FactorConfig.rating().factors(4).initialDeviation(0).build();
    var evaluation = EvaluationConfig.ratings(Duration.ofMinutes(1), 1, 5);
    try (var taskManager = RecommenderHarness.open(model(rating, 1_000), 1)) {
      var users = taskManager.recommender(0, ON_UPDATE, evaluation).open();
      users.send1(new Interaction("u", "a", Interaction.RATING, 4, 1));
      users.watermark(Long.MAX_VALUE);
      assertThat(users.sideOutput(RecommenderFunction.EVALUATION)).hasSize(1);
      EvaluationSums sums = users.sideOutput(RecommenderFunction.EVALUATION).get(0);
      assertThat(sums.rated()).isEqualTo(1);
      // Nothing is known, so 0 is predicted and clipped to 1; a step first would have said 4.
      assertThat(sums.absoluteErrors()).isCloseTo(3, within(1e-6));
      assertThat(taskManager.items().ratingMean().get()).isEqualTo(4f);
    }
  }

  @Test
  void aRatingOutsideItsRangeIsADeadLetterAndOneThatCountsNothingIsNotJudged() throws Exception {
    FactorConfig rating =
        FactorConfig.rating()
            .factors(4)
            .confidence(new ConfidenceWeights(Map.of("view", 0.0)))
            .build();
    var evaluation = EvaluationConfig.ratings(Duration.ofMinutes(1), 1, 5);
    try (var taskManager = RecommenderHarness.open(model(rating, 1_000), 1)) {
      var users = taskManager.recommender(0, ON_UPDATE, evaluation).open();
      users.send1(new Interaction("u", "a", Interaction.RATING, 1e30, 1));
      users.send1(new Interaction("u", "a", "view", 0, 2));
      users.send1(new Interaction("u", "a", Interaction.RATING, 3, 3));
      users.watermark(Long.MAX_VALUE);
      assertThat(users.sideOutput(DeadLetter.TAG))
          .singleElement()
          .extracting(DeadLetter::reason)
          .isEqualTo("rating must be in [1.0, 5.0], got 1.0E30");
      assertThat(users.sideOutput(RecommenderFunction.EVALUATION))
          .singleElement()
          .extracting(EvaluationSums::rated)
          .isEqualTo(1L);
      assertThat(taskManager.items().ratingMean().get()).isEqualTo(3f);
    }
  }

  @Test
  void aTypeThatCountsNothingTakesNoPart() throws Exception {
    try (var taskManager = RecommenderHarness.open(WITH_IMPRESSIONS, 1)) {
      var users = taskManager.recommender(0, ON_UPDATE, EVALUATION).open();
      users.send1(new Interaction("stranger", "a", "impression", 1, 1));
      assertThat(users.stateEntries() + users.timers()).isZero();
      users.send1(Interaction.click("u", "a", 2));
      users.send1(new Interaction("u", "b", "impression", 1, 3));
      users.send1(Interaction.click("u", "c", 4));
      assertThat(users.output()).as("lists for the clicks only").hasSize(2);
      assertThat(taskManager.items().slot("b")).as("not admitted").isNegative();
      users.send1(Interaction.click("other", "b", 5));
      users.send1(Interaction.click("u", "b", 6));
      users.watermark(Long.MAX_VALUE);
      assertThat(users.sideOutput(RecommenderFunction.EVALUATION))
          .as("of u the clicks on c and, although it was shown, on b are judged")
          .isNotEmpty()
          .allMatch(sums -> sums.scored() == 2);
      assertThat(users.sideOutput(RecommenderFunction.REPLICA_UPDATES))
          .filteredOn(update -> update.coOccurrences() != null)
          .singleElement()
          .satisfies(
              update ->
                  assertThat(update.coOccurrences().itemIds())
                      .containsExactlyInAnyOrder("a", "b", "c"))
          .satisfies(update -> assertThat(update.coOccurrences().confidences()).hasSize(2));
    }
  }

  @Test
  void whatIsTurnedDownIsNeverRecommendedAgainAndTeachesNothing() throws Exception {
    try (var taskManager = RecommenderHarness.open(WITH_IMPRESSIONS, 1)) {
      var users = taskManager.recommender(0, ON_UPDATE, EVALUATION).open();
      for (String item : List.of("a", "b", "c")) {
        users.send1(Interaction.click("other", item, 1));
      }
      users.send1(Interaction.click("u", "a", 2));
      assertThat(ids(last(users.output()))).containsExactlyInAnyOrder("b", "c");
      var before = taskManager.row("b");
      users.send1(new Interaction("u", "b", "impression", -1, 3));
      assertThat(ids(last(users.output()))).containsExactly("c");
      users.send1(new Interaction("stranger", "c", "impression", -1, 4));
      users.send2(UserInput.of(new RecommendationRequest("stranger", 3, null, 5)));
      assertThat(ids(last(users.output()))).containsExactlyInAnyOrder("a", "b");
      assertThat(taskManager.row("b")).isEqualTo(before);
      users.watermark(4 + WITH_IMPRESSIONS.userTtl().toMillis());
      assertThat(users.stateEntries()).isZero();
    }
  }

  @Test
  void anItemThatAUserBeginsWithCountsForNeighborsAtOnce() throws Exception {
    long at = Duration.ofDays(1_000).toMillis();
    try (var taskManager = RecommenderHarness.open(WITH_IMPRESSIONS, 1)) {
      var users = taskManager.recommender(0, ON_UPDATE, null).open();
      users.send1(Interaction.click("u", "a", at));
      int slot = taskManager.items().slot("a");
      float once = taskManager.neighbors().damping(slot, at);
      users.send1(Interaction.click("v", "a", at));
      assertThat(taskManager.neighbors().damping(slot, at)).isLessThan(once);
    }
  }

  private static RecommendationList last(List<RecommendationList> lists) {
    return lists.get(lists.size() - 1);
  }

  @Test
  void aPredictionOfAnOverflowedModelIsCountedAndNotJudged() throws Exception {
    FactorConfig rating = FactorConfig.rating().factors(4).build();
    var evaluation = EvaluationConfig.ratings(Duration.ofMinutes(1), 1, 5);
    try (var taskManager = RecommenderHarness.open(model(rating, 1_000), 1)) {
      int slot = taskManager.items().admit("a");
      float max = Float.MAX_VALUE;
      taskManager.items().addFactors(slot, new float[] {max, -max, max, -max, max}, 0);
      var users = taskManager.recommender(0, ON_UPDATE, evaluation).open();
      users.send1(new Interaction("u", "a", Interaction.RATING, 3, 1));
      taskManager.items().addFactors(slot, new float[] {max, -max, max, -max, max}, 0);
      users.send1(new Interaction("u", "a", Interaction.RATING, 3, 2));
      assertThat(users.counter("skippedPredictions")).isPositive();
    }
  }

  private static List<String> ids(RecommendationList list) {
    return Arrays.stream(list.items()).map(ScoredItem::itemId).toList();
  }

  private static DeltaSums nothing() {
    return new DeltaSums(MODEL.replica().items());
  }

  private static ModelSettings model(FactorConfig factors, int maxEvents) {
    return ModelSettings.builder("m")
        .factors(factors)
        .flush(new FlushSettings(maxEvents, Duration.ofMillis(50)))
        .userTtl(Duration.ofMinutes(1))
        .build();
  }

  @Test
  void anonymousUsersAreAnsweredByTheirItemsAndLeaveNoState() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, ServingSettings.onRequest(RANKING), null).open();
      for (int n = 0; n < 400; n++) {
        for (String item : List.of("a", "b", "c")) {
          users.send1(Interaction.click("left" + n, item, 10));
        }
        for (String item : List.of("x", "y", "z")) {
          users.send1(Interaction.click("right" + n, item, 10));
        }
      }
      int before = users.stateEntries();
      users.send2(UserInput.of(RecommendationRequest.anonymous(new String[] {"x", "y"}, 1, 20)));
      users.send2(
          UserInput.of(new RecommendationRequest("left0", 1, null, new String[] {"x"}, true, 20)));
      users.send2(
          UserInput.of(RecommendationRequest.anonymous(new String[] {"never seen"}, 1, 20)));
      users.send2(UserInput.of(RecommendationRequest.anonymous(new String[0], 1, 20)));
      assertThat(users.output())
          .extracting(RecommendationList::userId)
          .containsExactly("", "left0", "");
      assertThat(users.output().get(0).items()[0].itemId()).isEqualTo("z");
      assertThat(users.output().get(1).items()[0].itemId()).isIn("y", "z");
      assertThat(users.output().get(1).items()[0].parts()).isNotEmpty();
      assertThat(users.output().get(2).policy()).isEqualTo("fallback");
      assertThat(users.stateEntries()).isEqualTo(before);
      assertThat(users.counter("deadLetters")).isEqualTo(1);
    }
  }

  @Test
  void whatWasServedIsRememberedOfUsersWhoOnlyAskToo() throws Exception {
    ListPolicy policy = ListPolicy.builder().servedFor(Duration.ofHours(1)).build();
    var serving = ServingSettings.onRequest(RankingConfig.builder().k(2).policy(policy).build());
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, serving, null).open();
      for (String item : List.of("a", "b", "c", "d")) {
        users.send1(Interaction.click("other", item, 10));
      }
      int before = users.stateEntries();
      for (int n = 0; n < 3; n++) {
        users.send2(UserInput.of(new RecommendationRequest("stranger", 2, null, 20 + n)));
      }
      assertThat(Stream.concat(items(users.output().get(0)), items(users.output().get(1))))
          .containsExactlyInAnyOrder("a", "b", "c", "d");
      assertThat(users.output().get(2).items()).isEmpty();
      assertThat(users.stateEntries()).isEqualTo(before + 1);
      users.watermark(22 + MODEL.userTtl().toMillis());
      assertThat(users.stateEntries()).as("freed like any user").isZero();
    }
  }

  private static Stream<String> items(RecommendationList list) {
    return Arrays.stream(list.items()).map(ScoredItem::itemId);
  }

  @Test
  void whatWasServedIsRememberedAcrossARestore() throws Exception {
    ListPolicy policy = ListPolicy.builder().servedFor(Duration.ofHours(1)).build();
    var serving = ServingSettings.onRequest(RankingConfig.builder().k(2).policy(policy).build());
    RecommendationRequest request = new RecommendationRequest("u", 2, null, 20);
    OperatorSubtaskState snapshot;
    OperatorSubtaskState[] writers;
    List<String> first;
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, serving, null).open();
      for (String item : List.of("a", "b", "c", "d", "e")) {
        users.send1(Interaction.click("other", item, 10));
      }
      users.send1(Interaction.click("u", "a", 10));
      users.send2(UserInput.of(request));
      first = Arrays.stream(users.output().get(0).items()).map(ScoredItem::itemId).toList();
      users.watermark(1000);
      snapshot = users.snapshot();
      writers = taskManager.writerSnapshots();
    }
    try (var taskManager = RecommenderHarness.open(MODEL, 1, writers)) {
      var users = taskManager.recommender(0, serving, null).restore(snapshot);
      users.send2(UserInput.of(request));
      assertThat(first).hasSize(2);
      assertThat(users.output().get(0).items())
          .hasSize(2)
          .extracting(ScoredItem::itemId)
          .doesNotContainAnyElementsOf(first);
    }
  }
}
