/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.ItemModels;
import io.github.flinkrecsys.core.ranking.Ranker;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RankingContext;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.session.OpenSession;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.SharedModels;
import io.github.flinkrecsys.inference.sequence.OnnxSequenceSource;
import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import io.github.flinkrecsys.inference.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control stream swaps the model of a source that is in use. */
class SequenceModelFunctionTest {
  private static final int MAX_PARALLELISM = 128;
  private static final long NOW = 1_700_000_000_000L;

  @TempDir Path folder;
  private SequenceModelConfig config;

  /** Model 1 has c follow a, model 2 knows the items in another order and has b follow a. */
  @BeforeEach
  void write() throws Exception {
    SequenceModelChange first = model(1, "a\nb\nc\n", 0, 0, 0, 0, 1, 9, 0, 0, 0, 0, 0, 0);
    config = SequenceModelConfig.of(new ModelVersion(1, first.path()), first.vocabularyPath(), 1);
  }

  private SequenceModelChange second() throws Exception {
    return model(2, "c\nb\na\n", 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 9, 0);
  }

  private SequenceModelChange model(long version, String items, float... table) throws Exception {
    Path model = TestModels.sumOfRows(1, 3, table).write(folder.resolve(version + ".onnx"));
    Path names = Files.writeString(folder.resolve(version + ".txt"), items);
    return new SequenceModelChange(version, model.toString(), names.toString());
  }

  @AfterEach
  void allModelsAreFreed() {
    assertThat(SharedModels.inUse()).isZero();
  }

  @Test
  void aNewerVersionServesFromTheNextListOnAndTheOldOneIsFreed() throws Exception {
    try (var control = subtask(1, 0);
        Ranker ranker = ranker()) {
      control.open();
      assertThat(next(ranker)).isEqualTo("c");

      control.processElement(second(), 0);
      assertThat(next(ranker)).isEqualTo("b");
      assertThat(SharedModels.inUse()).isEqualTo(1);
      ModelStatus status = control.extractOutputValues().get(0);
      assertThat(status)
          .isEqualTo(new ModelStatus(2, second().path(), ModelRole.SERVE, true, "", 0));
      assertThat(ranker.takeSourceFailures()).isZero();
    }
  }

  @Test
  void aVersionThatIsRefusedLeavesTheOldOne() throws Exception {
    SequenceModelChange good = second();
    SequenceModelChange[] bad = {
      null,
      new SequenceModelChange(1, good.path(), good.vocabularyPath()),
      new SequenceModelChange(2, " ", good.vocabularyPath()),
      new SequenceModelChange(2, good.path(), null),
      new SequenceModelChange(2, folder.resolve("gone.onnx").toString(), good.vocabularyPath()),
      new SequenceModelChange(
          2, good.path(), Files.writeString(folder.resolve("two.txt"), "a\nb\n").toString())
    };
    String[] problems = {
      "change must be given, got null",
      "version must be higher than 1, got 1",
      "path must be a non-blank string, got  ",
      "vocabularyPath must be a non-blank string, got null",
      "model " + folder.resolve("gone.onnx") + " (version 2) does not exist",
      "model "
          + good.path()
          + " (version 2) output scores must have the shape [batch, 2], has [free, 3]"
    };
    try (var control = subtask(1, 0);
        Ranker ranker = ranker()) {
      control.open();
      for (SequenceModelChange change : bad) {
        control.getOneInputOperator().processElement(new StreamRecord<>(change));
      }
      assertThat(control.extractOutputValues()).noneMatch(ModelStatus::accepted);
      assertThat(control.extractOutputValues().stream().map(ModelStatus::problem))
          .containsExactly(problems);
      assertThat(next(ranker)).isEqualTo("c");
      assertThat(SharedModels.inUse()).isEqualTo(1);

      control.processElement(good, 0);
      assertThat(next(ranker)).isEqualTo("b");
    }
  }

  @Test
  void aRestoredJobServesTheVersionOfTheCheckpointWithAnyParallelism() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = subtask(1, 0)) {
      before.open();
      before.processElement(second(), 0);
      snapshot = before.snapshot(1, 1);
    }
    try (Ranker ranker = ranker()) {
      assertThat(next(ranker)).isEqualTo("c");
      for (int subtask = 0; subtask < 2; subtask++) {
        try (var after = subtask(2, subtask)) {
          after.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  snapshot, MAX_PARALLELISM, 1, 2, subtask));
          after.open();
          assertThat(next(ranker)).as("subtask %d", subtask).isEqualTo("b");
          assertThat(after.extractOutputValues()).isEmpty();
        }
      }
    }
  }

  /** A config of a higher version than the checkpoint's is what the user wants now. */
  @Test
  void aNewerConfigWinsOverTheCheckpoint() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = subtask(1, 0)) {
      before.open();
      before.processElement(second(), 0);
      snapshot = before.snapshot(1, 1);
    }
    config =
        SequenceModelConfig.of(
            new ModelVersion(3, config.model().path()), config.vocabularyPath(), 1);
    try (var after = subtask(1, 0);
        Ranker ranker = ranker()) {
      after.initializeState(snapshot);
      after.open();
      assertThat(next(ranker)).isEqualTo("c");
    }
  }

  private OneInputStreamOperatorTestHarness<SequenceModelChange, ModelStatus> subtask(
      int parallelism, int subtask) throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new ProcessOperator<>(new SequenceModelFunction(config)),
        MAX_PARALLELISM,
        parallelism,
        subtask);
  }

  private Ranker ranker() {
    ItemReplica replica = new ItemReplica(new ReplicaConfig(2, 0, 1, 10));
    for (String id : new String[] {"a", "b", "c"}) {
      replica.addPopularity(replica.admit(id), 1);
    }
    RankingConfig ranking =
        RankingConfig.builder()
            .source(OnnxSequenceSource.factory(config))
            .blend(BlendConfig.builder().weight("sequence-model", 10).build())
            .build();
    return new Ranker(
        ranking, ItemModels.of(replica, DecayedCount.withHalfLife(Duration.ofDays(1))));
  }

  /** Gives what is expected after a. */
  private static String next(Ranker ranker) {
    OpenSession open = new OpenSession();
    RecentItems recent = new RecentItems();
    open.add(Hashes.hash("a"), NOW, 1_000, 10);
    recent.add(Hashes.hash("a"), 10);
    ranker.rank(new RankingContext(null, null, recent, open, NOW));
    return ranker.recommend("u", 3, null, false).items()[0].itemId();
  }
}
