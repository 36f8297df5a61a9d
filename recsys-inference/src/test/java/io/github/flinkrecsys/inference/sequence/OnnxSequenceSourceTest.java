/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.ItemModels;
import io.github.flinkrecsys.core.ranking.RankedItems;
import io.github.flinkrecsys.core.ranking.Ranker;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RankingContext;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.session.OpenSession;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.inference.model.ModelLimits;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.SharedModels;
import io.github.flinkrecsys.inference.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three items a, b, c; what is seen adds a row of the table to the scores, padding adds nothing.
 */
class OnnxSequenceSourceTest {
  private static final float[] TABLE = {0, 0, 0, /* a */ 0, 5, 1, /* b */ 0, 0, 9, /* c */ 2, 0, 0};
  private static final long NOW = 1_700_000_000_000L;

  @TempDir Path folder;
  private Path items;
  private Path model;

  @BeforeEach
  void write() throws Exception {
    items = Files.writeString(folder.resolve("items.txt"), "a\nb\nc\n");
    model = TestModels.sumOfRows(2, 3, TABLE).write(folder.resolve("model.onnx"));
  }

  @Test
  void proposesWhatTheModelExpectsNextAndFreesIt() {
    int before = SharedModels.inUse();
    try (Ranker ranker = ranker("a", "b", "c")) {
      assertThat(SharedModels.inUse()).isEqualTo(before + 1);
      ScoredItem best = ask(ranker, "a").items()[0];
      assertThat(best.itemId()).isEqualTo("b");
      assertThat(best.source()).isEqualTo("sequence-model");
      assertThat(best.becauseItemId()).isEqualTo("a");
      // Of the last two, b and c, rows 9 and 2 are added; a is beyond the length.
      assertThat(ask(ranker, "a", "b", "c").items()[0].itemId()).isEqualTo("c");
      assertThat(ask(ranker, "a", "b", "b", "c").items()[0].becauseItemId()).isEqualTo("c");
      assertThat(ranker.takeSourceFailures()).isZero();
    }
    assertThat(SharedModels.inUse()).isEqualTo(before);
  }

  @Test
  void ranksAllThatTheModelKnows() {
    try (Ranker ranker = ranker("a", "b", "c")) {
      RankedItems list =
          ranker.rank(context("a")).stream()
              .filter(ranked -> ranked.source().equals("sequence-model"))
              .findFirst()
              .orElseThrow();
      // Slots in the order of admission: a, b, c score 0, 5, 1.
      assertThat(new int[] {list.slot(0), list.slot(1), list.slot(2)}).containsExactly(1, 2, 0);
      assertThat(list.size()).isEqualTo(3);
    }
  }

  @Test
  void passesOverWhatTheModelOrTheReplicaDoesNotKnow() {
    try (Ranker ranker = ranker("a", "c", "other")) {
      // b would be best, and has not been admitted.
      assertThat(ask(ranker, "a").items()[0].itemId()).isEqualTo("c");
      assertThat(ask(ranker, "a", "other").items()[0].becauseItemId()).isEqualTo("a");
      assertThat(ask(ranker, "other").items())
          .noneMatch(item -> item.source().equals("sequence-model"));
      assertThat(ranker.takeSourceFailures()).isZero();
    }
  }

  @Test
  void whatIsNotANumberPassesTheSourceOver() throws Exception {
    float[] broken = TABLE.clone();
    broken[4] = Float.NaN;
    TestModels.sumOfRows(2, 3, broken).write(model);
    try (Ranker ranker = ranker("a", "b", "c")) {
      assertThat(ask(ranker, "a").items())
          .noneMatch(item -> item.source().equals("sequence-model"));
      assertThat(ranker.takeSourceFailures()).isEqualTo(1);
      assertThat(ask(ranker, "b").items()[0].itemId()).isEqualTo("c");
    }
  }

  @Test
  void namesTheFileThatDoesNotFit() throws Exception {
    Files.writeString(items, "a\nb\n");
    assertThatThrownBy(() -> ranker("a"))
        .hasMessageContaining(
            "model "
                + model
                + " (version 6) output scores must have the shape [batch, 2], has [free, 3]");
    Files.writeString(items, "a\nb\na\n");
    assertThatThrownBy(() -> ranker("a"))
        .hasMessageContaining(
            "model " + items + " (version 6) must name each item once, a again in line 3");
    Files.writeString(items, "a\n\nc\n");
    assertThatThrownBy(() -> ranker("a"))
        .hasMessageContaining("in each line, names none in line 2");
    Files.delete(items);
    assertThatThrownBy(() -> ranker("a"))
        .hasMessageContaining(items + " (version 6) does not exist");
  }

  @Test
  void namesTheSettingThatIsOutOfRange() {
    ModelVersion version = new ModelVersion(1, "m");
    for (int bad : new int[] {0, 101}) {
      assertThatThrownBy(
              () ->
                  new SequenceModelConfig(
                      "s", version, "v", "items", "scores", 1, 1, ModelLimits.DEFAULT, bad))
          .hasMessage("maxModels must be between 1 and 100, got " + bad);
    }
  }

  private Ranker ranker(String... admitted) {
    ItemReplica replica = new ItemReplica(new ReplicaConfig(2, 0, 1, 10));
    for (String id : admitted) {
      int slot = replica.admit(id);
      replica.addPopularity(slot, 1);
    }
    SequenceModelConfig config =
        SequenceModelConfig.of(new ModelVersion(6, model.toString()), items.toString(), 2);
    RankingConfig ranking =
        RankingConfig.builder()
            .source(OnnxSequenceSource.factory(config))
            .blend(BlendConfig.builder().weight("sequence-model", 10).build())
            .build();
    return new Ranker(
        ranking, ItemModels.of(replica, DecayedCount.withHalfLife(Duration.ofDays(1))));
  }

  private static RecommendationList ask(Ranker ranker, String... session) {
    ranker.rank(context(session));
    return ranker.recommend("u", 3, null, false);
  }

  private static RankingContext context(String... session) {
    OpenSession open = new OpenSession();
    RecentItems recent = new RecentItems();
    for (String id : session) {
      open.add(Hashes.hash(id), NOW, 1_000, 10);
      recent.add(Hashes.hash(id), 10);
    }
    return new RankingContext(null, null, recent, open, NOW);
  }
}
