/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.ModelLimits;
import io.github.flinkrecsys.inference.model.ModelRole;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.SharedModels;
import io.github.flinkrecsys.inference.model.SplitPlace;
import io.github.flinkrecsys.inference.model.TensorSpec;
import io.github.flinkrecsys.inference.testing.ModelSubtask;
import io.github.flinkrecsys.inference.testing.OnnxGraph;
import io.github.flinkrecsys.inference.testing.TestMetrics;
import io.github.flinkrecsys.inference.testing.TestModels;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelOperatorTest {
  private static final ModelContract CONTRACT =
      ModelContract.of(TensorSpec.floats("score", 1), TensorSpec.floats("features", 2));
  private static final BatchSettings BATCHES = new BatchSettings(8, Duration.ofMillis(10));

  @TempDir Path folder;
  private int modelsBefore;

  @BeforeEach
  void countModels() {
    modelsBefore = SharedModels.inUse();
  }

  @AfterEach
  void everyModelIsFreed() {
    assertThat(SharedModels.inUse()).isEqualTo(modelsBefore);
  }

  @Test
  void ranksByTheModelAndKeepsWhereItemsCameFrom() throws Exception {
    try (var ranker = ranker(config(model(1, 0, 1)), 2)) {
      ranker.open();
      // The context is 5; the second feature is the score.
      ranker.send(list("u", 100, 3, 9, 3), 100);
      ranker.clock(10);
      assertThat(ranker.output())
          .containsExactly(
              new RecommendationList(
                  "u",
                  100,
                  1,
                  "blend; onnx",
                  new ScoredItem[] {
                    new ScoredItem("i1", 9, "factors", "own1"),
                    // Of equal scores the first stays first.
                    new ScoredItem("i0", 3, "factors", "own0")
                  }));
      assertThat(ranker.sideOutput(OnnxRankingFunction.IMPRESSIONS))
          .extracting(
              Impression::itemId,
              Impression::position,
              Impression::features,
              Impression::featuresVersion)
          .containsExactly(
              tuple("i1", 0, new float[] {5, 9}, 77L), tuple("i0", 1, new float[] {5, 3}, 77L));
    }
  }

  @Test
  void aModelOfTwoTowersTakesContextAndCandidateApart() throws Exception {
    OnnxGraph towers =
        new OnnxGraph()
            .input("user", -1, 1)
            .input("item", -1, 1)
            .node("Mul", "score", "user", "item")
            .output("score", -1, 1);
    ModelContract contract =
        ModelContract.of(
            TensorSpec.floats("score", 1),
            TensorSpec.floats("user", 1),
            TensorSpec.floats("item", 1));
    Path file = towers.write(folder.resolve("towers.onnx"));
    InferenceConfig config =
        InferenceConfig.of(new ModelVersion(4, file.toString()), contract)
            .withBatches(BatchSettings.NONE);
    try (var ranker = ranker(config, 10)) {
      ranker.open();
      ranker.send(list("u", 1, 2, -3, 4), 1);
      assertThat(ranker.output().get(0).items())
          .extracting(ScoredItem::itemId, ScoredItem::score)
          .containsExactly(tuple("i2", 20f), tuple("i0", 10f), tuple("i1", -15f));
    }
  }

  @Test
  void recordsWaitForOthersButNotLongAndKeepTheirOrder() throws Exception {
    try (var ranker = ranker(config(model(1, 0, 1)), 10)) {
      ranker.open();
      ranker.send(list("a", 1, 1, 2, 3), 1);
      ranker.send(list("b", 2, 1, 2, 3), 2);
      ranker.clock(9);
      assertThat(ranker.output()).isEmpty();
      ranker.clock(10);
      assertThat(users(ranker)).containsExactly("a", "b");
      // Eight rows fill a batch; a record that does not fit waits for the next.
      ranker.send(list("c", 3, 1, 2, 3, 4, 5), 3);
      ranker.send(list("d", 4, 1, 2, 3, 4, 5), 4);
      assertThat(users(ranker)).containsExactly("a", "b", "c");
      ranker.send(list("e", 5, 1, 2, 3), 5);
      assertThat(users(ranker)).containsExactly("a", "b", "c", "d", "e");
      ranker.send(list("f", 6, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 6);
      assertThat(users(ranker)).containsExactly("a", "b", "c", "d", "e", "f");
      assertThat(ranker.metrics().counter("scoredRecords of 1")).isEqualTo(6);
      assertThat(ranker.metrics().counter("scoredRows of 1")).isEqualTo(29);
      ranker.send(list("g", 7), 7);
      ranker.clock(1_000);
      assertThat(ranker.output().get(6).items()).isEmpty();
    }
  }

  @Test
  void aBatchGivesWhatRecordsAloneGive() throws Exception {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    List<CandidateFeatures> records = new ArrayList<>();
    for (int n = 0; n < 300; n++) {
      float[] scores = new float[random.nextInt(6)];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextInt(4);
      }
      records.add(list("u" + n, n, scores));
    }
    InferenceConfig together = config(model(1, 0.5f, 1));
    try (var batched = ranker(together, 3);
        var alone = ranker(together.withBatches(BatchSettings.NONE), 3)) {
      batched.open();
      alone.open();
      long clock = 0;
      for (CandidateFeatures record : records) {
        batched.send(record, 1);
        alone.send(record, 1);
        clock += random.nextInt(5);
        batched.clock(clock);
      }
      batched.finish();
      assertThat(batched.output()).as("seed %d", seed).isEqualTo(alone.output());
      assertThat(alone.output()).hasSize(300);
    }
  }

  @Test
  void nothingWaitsAcrossACheckpointAWatermarkOrTheEnd() throws Exception {
    try (var ranker = ranker(config(model(1, 0, 1)), 10)) {
      ranker.open();
      ranker.send(list("a", 5, 1), 5);
      ranker.snapshot();
      assertThat(users(ranker)).containsExactly("a");
      ranker.send(list("b", 6, 1), 6);
      ranker.watermark(6);
      assertThat(ranker.elements()).doesNotContain(new Watermark(6));
      ranker.clock(10);
      List<Object> elements = ranker.elements();
      assertThat(elements).hasSize(3).last().isEqualTo(new Watermark(6));
      assertThat(((StreamRecord<?>) elements.get(1)).getTimestamp()).isEqualTo(6);
      ranker.watermark(7);
      assertThat(ranker.elements()).last().isEqualTo(new Watermark(7));
      ranker.send(list("c", 8, 1), 8);
      ranker.finish();
      assertThat(users(ranker)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void whatIsNotANumberFallsBackToTheIncomingOrderAlone() throws Exception {
    Path file = TestModels.logarithm(0, 1).write(folder.resolve("log.onnx"));
    try (var ranker = ranker(config(new ModelVersion(2, file.toString())), 2)) {
      ranker.open();
      ranker.send(list("good", 1, 1, 2), 1);
      CandidateFeatures bad = list("bad", 2, 1, -1, 3);
      ranker.send(bad, 2);
      ranker.send(list("good2", 3, 4), 3);
      ranker.clock(10);
      assertThat(users(ranker)).containsExactly("good", "bad", "good2");
      assertThat(ranker.output())
          .extracting(RecommendationList::policy)
          .containsExactly("blend; onnx", "blend", "blend; onnx");
      assertThat(ranker.output().get(1).items())
          .containsExactly(Arrays.copyOf(bad.list().items(), 2));
      assertThat(ranker.metrics().counter("fallbacks")).isEqualTo(1);
      assertThat(ranker.metrics().counter("notANumber of 2")).isEqualTo(1);
      assertThat(ranker.metrics().counter("scoredRecords of 2")).isEqualTo(2);
    }
  }

  @Test
  void wrongNumbersOfFeaturesFallBackAndAreCountedByReason() throws Exception {
    try (var ranker = ranker(config(model(1, 0, 1)), 10)) {
      ranker.open();
      ranker.send(list("a", 1, 1, 2), 1);
      CandidateFeatures whole = list("b", 2, 1, 2);
      ranker.send(new CandidateFeatures(whole.list(), whole.context(), new float[3], 77), 2);
      assertThat(users(ranker)).containsExactly("a", "b");
      assertThat(ranker.output().get(1)).isEqualTo(whole.list());
      assertThat(ranker.metrics().counter("malformedRecords")).isEqualTo(1);
      assertThat(ranker.metrics().counter("fallbacks")).isEqualTo(1);
      ranker.send(new CandidateFeatures(whole.list(), null, null, 77), 3);
      assertThat(ranker.output().get(2)).isEqualTo(whole.list());
      ranker.send(new CandidateFeatures(null, new float[1], new float[1], 77), 4);
      CandidateFeatures holed = list("c", 5, 1, 2);
      holed.list().items()[1] = null;
      ranker.send(holed, 5);
      ranker.clock(1_000);
      assertThat(ranker.output()).hasSize(3);
      assertThat(ranker.sideOutput(DeadLetter.TAG))
          .extracting(DeadLetter::reason)
          .containsExactly(
              "list must be given with its user and items, got null",
              "list must be given with its user and items, got " + holed.list());
    }
  }

  /** An index beyond the table fails the run; the records beside it are scored all the same. */
  @Test
  void aRecordThatFailsTheRunCostsTheOthersNothing() throws Exception {
    OnnxGraph table =
        new OnnxGraph()
            .input("features", -1, 2)
            .weights("table", new float[] {0, 10, 20, 30}, 4)
            .weights("pick", new float[] {0, 1}, 2, 1)
            .node("MatMul", "place", "features", "pick")
            .nodeWith("Cast", "to", 7, "index", "place")
            .nodeAlong("Gather", 0, "score", "table", "index")
            .output("score", -1, 1);
    Path file = table.write(folder.resolve("table.onnx"));
    try (var ranker = ranker(config(new ModelVersion(1, file.toString())), 10)) {
      ranker.open();
      ranker.send(list("a", 1, 1, 3), 1);
      ranker.send(list("b", 2, 99, 1), 2);
      ranker.send(list("c", 3, 2), 3);
      ranker.clock(10);
      assertThat(users(ranker)).containsExactly("a", "b", "c");
      assertThat(ranker.output())
          .extracting(RecommendationList::policy)
          .containsExactly("blend; onnx", "blend", "blend; onnx");
      assertThat(ranker.metrics().counter("failedRuns of 1")).isEqualTo(2);
    }
  }

  @Test
  void anotherVersionServesWhenItIsLoadedAndABadOneChangesNothing() throws Exception {
    try (var ranker = ranker(config(model(1, 0, 1)).withBatches(BatchSettings.NONE), 10)) {
      ranker.open();
      ModelVersion reversed = model(2, 0, -1);
      ranker.control(ModelChange.serve(2, reversed.path()));
      ranker.runUntil(() -> !statuses(ranker).isEmpty());
      ranker.send(list("u", 1, 1, 2), 1);
      assertThat(ranker.output().get(0).modelVersion()).isEqualTo(2);
      assertThat(ranker.output().get(0).items()[0].itemId()).isEqualTo("i0");
      assertThat(SharedModels.inUse()).isEqualTo(modelsBefore + 1);

      Path narrow = TestModels.linear(1).write(folder.resolve("narrow.onnx"));
      Path broken = Files.write(folder.resolve("broken.onnx"), new byte[] {1, 2});
      ranker.control(ModelChange.serve(3, narrow.toString()));
      ranker.control(ModelChange.serve(4, broken.toString()));
      ranker.control(ModelChange.serve(5, folder.resolve("gone").toString()));
      ranker.control(new ModelChange(6, "", ModelRole.SERVE, 0));
      ranker.control(ModelChange.retire(2));
      ranker.runUntil(() -> statuses(ranker).size() == 6);
      assertThat(statuses(ranker)).extracting(ModelStatus::accepted).containsOnlyOnce(true);
      assertThat(statuses(ranker))
          .filteredOn(status -> status.version() == 3)
          .extracting(ModelStatus::problem)
          .containsExactly(
              "model "
                  + narrow
                  + " (version 3) input features must have the shape [batch, 2], has [free, 1]");
      assertThat(ranker.metrics().counter("refusedModels")).isEqualTo(5);
      assertThat(ranker.metrics().counter("modelChanges")).isEqualTo(1);
      ranker.send(list("u", 2, 1, 2), 2);
      assertThat(ranker.output().get(1).modelVersion()).isEqualTo(2);
      assertThat(ranker.metrics().gauge("modelsInUse")).isEqualTo(1L);
    }
  }

  @Test
  void aSplitServesItsShareOfTheUsersAlwaysTheSame() throws Exception {
    try (var ranker = ranker(config(model(1, 0, 1)).withBatches(BatchSettings.NONE), 10)) {
      ranker.open();
      ranker.control(ModelChange.split(2, model(2, 0, 2).path(), 0.25));
      ranker.runUntil(() -> statuses(ranker).size() == 1);
      for (int n = 0; n < 2_000; n++) {
        ranker.send(list("user" + n % 1_000, n, 1), n);
      }
      long split = ranker.output().stream().filter(list -> list.modelVersion() == 2).count();
      assertThat(split).isBetween(420L, 580L);
      assertThat(ranker.metrics().counter("scoredRecords of 2")).isEqualTo(split);
      assertThat(ranker.metrics().counter("scoredRecords of 1")).isEqualTo(2_000 - split);
      List<Long> versions = ranker.output().stream().map(RecommendationList::modelVersion).toList();
      assertThat(versions.subList(0, 1_000)).isEqualTo(versions.subList(1_000, 2_000));
      for (int n = 0; n < 1_000; n++) {
        boolean isSplit = SplitPlace.of(Hashes.hash("user" + n)) < 0.25;
        assertThat(versions.get(n) == 2).isEqualTo(isSplit);
      }
      // A second split takes other users; those of the first keep their version.
      ranker.control(ModelChange.split(3, model(3, 0, 3).path(), 0.8));
      ranker.control(ModelChange.split(3, model(3, 0, 3).path(), 0.5));
      ranker.runUntil(() -> statuses(ranker).size() == 3);
      assertThat(statuses(ranker).get(1).problem())
          .isEqualTo("shares must be at most 1 together, got 1.05");
      for (int n = 0; n < 1_000; n++) {
        ranker.send(list("user" + n, n, 1), n);
      }
      List<RecommendationList> now = ranker.output().subList(2_000, 3_000);
      for (int n = 0; n < 1_000; n++) {
        assertThat(now.get(n).modelVersion() == 2).isEqualTo(versions.get(n) == 2);
      }
      assertThat(now).filteredOn(list -> list.modelVersion() == 3).hasSizeBetween(420, 580);
      ranker.control(ModelChange.retire(2));
      ranker.control(ModelChange.retire(3));
      ranker.runUntil(() -> statuses(ranker).size() == 5);
      ranker.send(list("user1", 1, 1), 1);
      assertThat(ranker.output().get(3_000).modelVersion()).isEqualTo(1);
      assertThat(SharedModels.inUse()).isEqualTo(modelsBefore + 1);
    }
  }

  @Test
  void aShadowScoresAndIsNotServed() throws Exception {
    try (var ranker = ranker(config(model(1, 0, 1)).withBatches(BatchSettings.NONE), 10)) {
      ranker.open();
      ranker.control(ModelChange.shadow(2, model(2, 0, -1).path()));
      ranker.runUntil(() -> statuses(ranker).size() == 1);
      ranker.send(list("u", 7, 1, 2), 7);
      assertThat(ranker.output().get(0).modelVersion()).isEqualTo(1);
      assertThat(ranker.sideOutput(OnnxStages.SHADOW))
          .containsExactly(
              new ShadowScores("u", 7, 2, 1, new String[] {"i0", "i1"}, new float[] {-1, -2}));
      assertThat(ranker.metrics().counter("shadowRecords of 2")).isEqualTo(1);
      assertThat(ranker.metrics().counter("scoredRecords of 2")).isZero();
      // The shadow is promoted: it serves, and the old one goes.
      ranker.control(ModelChange.serve(2, model(2, 0, -1).path()));
      ranker.runUntil(() -> statuses(ranker).size() == 2);
      ranker.send(list("u", 8, 1, 2), 8);
      assertThat(ranker.output().get(1).modelVersion()).isEqualTo(2);
      assertThat(ranker.sideOutput(OnnxStages.SHADOW)).hasSize(1);
      assertThat(ranker.metrics().gauge("modelsInUse")).isEqualTo(1L);
    }
  }

  /** What a shadow is compared with must not be taken for scores of a version that gave none. */
  @Test
  void aShadowBesideARecordThatFellBackSaysThatNoneServed() throws Exception {
    Path logarithm = TestModels.logarithm(0, 1).write(folder.resolve("logarithm.onnx"));
    InferenceConfig config =
        config(new ModelVersion(1, logarithm.toString())).withBatches(BatchSettings.NONE);
    try (var ranker = ranker(config, 10)) {
      ranker.open();
      ranker.control(ModelChange.shadow(2, model(2, 0, -1).path()));
      ranker.runUntil(() -> statuses(ranker).size() == 1);
      ranker.send(list("u", 7, -1), 7);
      ranker.send(list("u", 8, 1), 8);
      assertThat(ranker.output())
          .extracting(RecommendationList::policy)
          .containsExactly("blend", "blend; onnx");
      assertThat(ranker.sideOutput(OnnxStages.SHADOW))
          .containsExactly(
              new ShadowScores("u", 7, 2, 0, new String[] {"i0"}, new float[] {1}),
              new ShadowScores("u", 8, 2, 1, new String[] {"i0"}, new float[] {-1}));
    }
  }

  @Test
  void versionsAreBounded() throws Exception {
    InferenceConfig config = config(model(1, 0, 1));
    InferenceConfig two =
        new InferenceConfig(config.initial(), CONTRACT, config.limits(), BATCHES, 2);
    try (var ranker = ranker(two, 10)) {
      ranker.open();
      ranker.control(ModelChange.shadow(2, model(2, 0, 1).path()));
      ranker.control(ModelChange.shadow(3, model(3, 0, 1).path()));
      ranker.control(ModelChange.serve(4, model(4, 0, 1).path()));
      ranker.runUntil(() -> statuses(ranker).size() == 3);
      assertThat(statuses(ranker))
          .extracting(ModelStatus::accepted)
          .containsExactly(true, false, true);
      assertThat(statuses(ranker).get(1).problem())
          .isEqualTo("versions must be at most 2 at a time: retire one first");
    }
  }

  @Test
  void versionsInUseAreThoseOfTheCheckpointAlsoAtAnotherParallelism() throws Exception {
    InferenceConfig config = config(model(1, 0, 1)).withBatches(BatchSettings.NONE);
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var ranker = ranker(config, 10, 2, subtask)) {
        ranker.open();
        ranker.control(ModelChange.serve(2, model(2, 0, 1).path()));
        ranker.runUntil(() -> statuses(ranker).size() == 1);
        // Asked for and not loaded yet: it is in the checkpoint too.
        ranker.control(ModelChange.shadow(3, model(3, 0, 1).path()));
        snapshots[subtask] = ranker.snapshot();
      }
    }
    for (int subtask = 0; subtask < 3; subtask++) {
      try (var ranker = ranker(config, 10, 3, subtask)) {
        ranker.restore(ModelSubtask.rescaled(3, subtask, snapshots));
        ranker.send(list("u", 1, 1, 2), 1);
        assertThat(ranker.output().get(0).modelVersion()).isEqualTo(2);
        assertThat(ranker.sideOutput(OnnxStages.SHADOW))
            .extracting(ShadowScores::version)
            .containsExactly(3L);
      }
    }
  }

  @Test
  void aJobOfANewerInitialModelStartsWithIt() throws Exception {
    OperatorSubtaskState snapshot;
    try (var ranker = ranker(config(model(1, 0, 1)), 10)) {
      ranker.open();
      ranker.control(ModelChange.serve(5, model(5, 0, 1).path()));
      ranker.runUntil(() -> statuses(ranker).size() == 1);
      snapshot = ranker.snapshot();
    }
    assertThat(servingAfter(snapshot, model(4, 0, 1))).isEqualTo(5);
    assertThat(servingAfter(snapshot, model(6, 0, 1))).isEqualTo(6);
    Files.delete(folder.resolve("model-5.onnx"));
    // What served is gone: the initial model serves in its stead.
    assertThat(servingAfter(snapshot, model(4, 0, 1))).isEqualTo(4);
  }

  @Test
  void aJobOfANewerInitialModelOvertakesWhatWasBeingLoadedToServe() throws Exception {
    OperatorSubtaskState snapshot;
    try (var ranker = ranker(config(model(1, 0, 1)), 10)) {
      ranker.open();
      ranker.control(ModelChange.serve(5, model(5, 0, 1).path()));
      snapshot = ranker.snapshot();
    }
    assertThat(servingAfter(snapshot, model(4, 0, 1))).isEqualTo(5);
    assertThat(servingAfter(snapshot, model(6, 0, 1))).isEqualTo(6);
  }

  @Test
  void rowsThatWaitAreBoundedByTheirWidth() {
    ModelContract wide =
        ModelContract.of(TensorSpec.floats("score", 1), TensorSpec.floats("features", 1_000_000));
    InferenceConfig config =
        new InferenceConfig(
            new ModelVersion(1, "m"), wide, ModelLimits.DEFAULT, BatchSettings.NONE, 4);
    assertThatThrownBy(() -> config.withBatches(BatchSettings.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxRows for input features must be at most 67, got 512");
  }

  private long servingAfter(OperatorSubtaskState snapshot, ModelVersion initial) throws Exception {
    try (var ranker = ranker(config(initial).withBatches(BatchSettings.NONE), 10)) {
      ranker.restore(snapshot);
      ranker.send(list("u", 1, 1), 1);
      return ranker.output().get(0).modelVersion();
    }
  }

  @Test
  void aJobWithoutItsInitialModelFailsAtTheStart() throws Exception {
    ModelVersion gone = new ModelVersion(1, folder.resolve("gone.onnx").toString());
    try (var ranker = ranker(config(gone), 10)) {
      assertThatThrownBy(ranker::open)
          .isInstanceOf(ModelException.class)
          .hasMessage("model " + gone.path() + " (version 1) does not exist");
    }
  }

  @Test
  void encodesFeatureVectors() throws Exception {
    Path file = TestModels.scale(3, 2).write(folder.resolve("scale.onnx"));
    ModelContract contract =
        ModelContract.of(TensorSpec.floats("vector", 3), TensorSpec.floats("features", 3));
    InferenceConfig config =
        InferenceConfig.of(new ModelVersion(8, file.toString()), contract)
            .withBatches(BatchSettings.NONE);
    OnnxEncodingFunction function = new OnnxEncodingFunction(77);
    try (var encoder =
        new ModelSubtask<>(new ModelOperator<>(function, config), function.outputType(), 1, 0)) {
      encoder.open();
      encoder.send(new FeatureVector("i", 5, 77, new float[] {1, 2, 3}), 5);
      encoder.send(new FeatureVector("old", 5, 76, new float[] {1, 2, 3}), 5);
      encoder.send(new FeatureVector("short", 5, 77, new float[] {1, 2}), 5);
      encoder.send(new FeatureVector(null, 5, 77, new float[] {1, 2, 3}), 5);
      encoder.send(new FeatureVector("empty", 5, 77, null), 5);
      encoder.send(new FeatureVector("huge", 5, 77, new float[] {Float.MAX_VALUE, 2, 3}), 5);
      assertThat(encoder.output())
          .containsExactly(new EncodedVector("i", 5, 8, new float[] {2, 4, 6}));
      assertThat(encoder.sideOutput(DeadLetter.TAG))
          .extracting(DeadLetter::reason)
          .containsExactly(
              "version must be 77, got 76",
              "values must be of 3 features, got 2",
              "features must be given with their key, got "
                  + new FeatureVector(null, 5, 77, new float[] {1, 2, 3}),
              "features must be given with their key, got "
                  + new FeatureVector("empty", 5, 77, null),
              "output must be finite, version 8 gave another");
    }
  }

  @Test
  void metricsAreThoseOfTheTable() throws Exception {
    Set<String> documented = TestMetrics.documented("ModelOperator");
    Set<String> constants = new TreeSet<>(Set.of(MetricNames.DEAD_LETTERS_BY_REASON));
    for (Field field : InferenceMetrics.class.getDeclaredFields()) {
      if (field.getType() == String.class) {
        constants.add((String) field.get(null));
      }
    }
    assertThat(documented).isEqualTo(constants);
    try (var ranker = ranker(config(model(1, 0, 1)).withBatches(BatchSettings.NONE), 10)) {
      ranker.open();
      ranker.send(list("u", 1, 1), 1);
      Set<String> registered = new TreeSet<>();
      ranker.metrics().names().forEach(name -> registered.add(name.replace(" of 1", "")));
      assertThat(registered).containsAll(documented);
    }
  }

  private InferenceConfig config(ModelVersion initial) {
    return InferenceConfig.of(initial, CONTRACT).withBatches(BATCHES);
  }

  private ModelVersion model(long version, float... weights) throws Exception {
    Path file = TestModels.linear(weights).write(folder.resolve("model-" + version + ".onnx"));
    return new ModelVersion(version, file.toString());
  }

  private static ModelSubtask<CandidateFeatures, ModelChange, RecommendationList> ranker(
      InferenceConfig config, int k) throws Exception {
    return ranker(config, k, 1, 0);
  }

  private static ModelSubtask<CandidateFeatures, ModelChange, RecommendationList> ranker(
      InferenceConfig config, int k, int parallelism, int subtask) throws Exception {
    return new ModelSubtask<>(
        new ModelOperator<>(new OnnxRankingFunction(k, true), config),
        TypeInformation.of(RecommendationList.class),
        parallelism,
        subtask);
  }

  /** A list of one candidate per number, its only feature; the only feature of the context is 5. */
  static CandidateFeatures list(String user, long atMillis, float... features) {
    ScoredItem[] items = new ScoredItem[features.length];
    for (int n = 0; n < items.length; n++) {
      items[n] = new ScoredItem("i" + n, 1f / (n + 1), "factors", "own" + n);
    }
    return new CandidateFeatures(
        new RecommendationList(user, atMillis, 0, items), new float[] {5}, features, 77);
  }

  private static List<String> users(ModelSubtask<?, ?, RecommendationList> ranker) {
    return ranker.output().stream().map(RecommendationList::userId).toList();
  }

  private static List<ModelStatus> statuses(ModelSubtask<?, ?, ?> ranker) {
    return ranker.sideOutput(OnnxStages.STATUS);
  }
}
