/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.operators.factorization.FlushSettings;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.session.SessionizeFunction;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Histogram;
import org.junit.jupiter.api.Test;

/** Metrics move when what they stand for happens, and not otherwise. */
class MetricValuesTest {
  private static final ModelSettings MODEL =
      ModelSettings.builder("m")
          .factors(FactorConfig.pairwise().factors(2).build())
          .flush(new FlushSettings(2, Duration.ofSeconds(1)))
          .userTtl(Duration.ofMinutes(1))
          .build();
  private static final ServingSettings SERVING =
      ServingSettings.onUpdate(RankingConfig.builder().k(2).build());

  @Test
  void recommenderCountsUsersListsFlushesAndWhatIsLate() throws Exception {
    // One of two task managers: there is another to send deltas to.
    try (var taskManager = RecommenderHarness.openSome(MODEL, 2, new int[] {0})) {
      var users = taskManager.recommender(0, SERVING, null).open();
      String one = Harnesses.keyOf(0, 2, 0);
      String two = Harnesses.keyOf(0, 2, 1);
      users.send1(Interaction.click(one, "a", 1_000));
      assertThat(users.gauge("pendingItems")).isEqualTo(1);
      users.send1(Interaction.click(two, "b", 2_000));
      assertThat(users.gauge("pendingItems")).isEqualTo(0);
      assertThat(users.counter("flushes")).isEqualTo(1);
      assertThat(users.counter("flushedItems")).isEqualTo(2);
      users.send2(UserInput.of(new RecommendationRequest(one, 2, null, 2_000)));
      users.watermark(2_000);
      users.send1(Interaction.click(one, "b", 1_500));
      users.send2(UserInput.of(new RecommendationRequest(one, 0, null, 2_000)));
      assertThat(users.counter("keysAdded")).isEqualTo(2);
      assertThat(users.counter("keysFreed")).isZero();
      assertThat(users.counter("lateInteractions")).isEqualTo(1);
      assertThat(users.counter("deadLetters")).isEqualTo(1);
      assertThat(users.counter("deadLettersByReason")).isEqualTo(1);
      assertThat(users.counter("listsServed")).isEqualTo(4).isEqualTo(users.output().size());
      // The first user has seen the only item there was, and in the end both.
      long empty = users.output().stream().filter(list -> list.items().length == 0).count();
      assertThat(users.counter("emptyLists")).isEqualTo(empty).isEqualTo(2);
      // The known user's second interaction was ranked before learning, too: blends learn from
      // that.
      assertThat(((Histogram) users.metrics().get("rankingMicros")).getCount()).isEqualTo(5);
      users.watermark(70_000);
      assertThat(users.counter("keysFreed")).isEqualTo(2);
    }
  }

  @Test
  void throttledListsAreCounted() throws Exception {
    var throttled = new ServingSettings(SERVING.ranking(), true, Duration.ofMillis(500));
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, throttled, null).open();
      for (int i = 0; i < 3; i++) {
        users.send1(Interaction.click("u", "i" + i, i));
      }
      assertThat(users.counter("listsHeldBack")).isEqualTo(2);
      assertThat(users.counter("listsServed")).isEqualTo(1);
      users.clock(500);
      assertThat(users.counter("listsServed")).isEqualTo(2);
    }
  }

  @Test
  void replicaTellsItsSize() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var writer = taskManager.writer(0);
      assertThat(writer.gauge("replicaItems")).isEqualTo(0);
      long before = (Long) writer.gauge("replicaBytes");
      var users = taskManager.recommender(0, SERVING, null).open();
      users.send1(Interaction.click("u", "a", 1));
      assertThat(writer.gauge("replicaItems")).isEqualTo(1);
      assertThat((Long) writer.gauge("replicaBytes")).isGreaterThan(before + 1024 * 4 * 2);
      assertThat((Long) writer.gauge("neighborBytes")).isZero();
    }
  }

  @Test
  void sessionsOpenCloseAndMeet() throws Exception {
    var config = SessionConfig.builder().gap(Duration.ofMillis(100)).build();
    try (var users =
        Harnesses.keyed(
                SessionizeFunction.forInteractions(config), Interaction::userId, Types.STRING)
            .open()) {
      users.send(Interaction.click("u", "a", 1_000));
      users.send(Interaction.click("u", "b", 1_050));
      users.send(Interaction.click("u", "c", 1_200));
      assertThat(users.counter("sessionsOpened")).isEqualTo(2);
      users.send(Interaction.click("u", "d", 1_125));
      users.send(Interaction.click("v", "a", 1_000));
      assertThat(users.counter("sessionsOpened")).isEqualTo(3);
      assertThat(users.counter("keysAdded")).isEqualTo(2);
      users.send(new Interaction("u", null, "click", 1, 1_000));
      assertThat(users.counter("badEvents")).isEqualTo(1);
      assertThat(users.counter("deadLettersByReason")).isEqualTo(1);
      users.watermark(5_000);
      assertThat(users.counter("sessionsClosed")).isEqualTo(2);
      assertThat(users.counter("keysFreed")).isEqualTo(2);
    }
  }
}
