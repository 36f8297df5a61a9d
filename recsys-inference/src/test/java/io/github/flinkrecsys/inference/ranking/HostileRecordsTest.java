/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelRole;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.TensorSpec;
import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import io.github.flinkrecsys.inference.sequence.SequenceVersions;
import io.github.flinkrecsys.inference.testing.HostileModels;
import io.github.flinkrecsys.inference.testing.ModelSubtask;
import io.github.flinkrecsys.inference.testing.TestModels;
import io.github.flinkrecsys.operators.event.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile candidates, features and changes of versions: none fails a job. */
class HostileRecordsTest {
  private static final ModelContract RANKS =
      ModelContract.of(TensorSpec.floats("score", 1), TensorSpec.floats("features", 3));
  private static final ModelContract ENCODES =
      ModelContract.of(TensorSpec.floats("vector", 3), TensorSpec.floats("features", 3));
  private static final long[] NUMBERS = {Long.MIN_VALUE, -1, 0, 1, 2, 3, 4, 5, 6, Long.MAX_VALUE};

  @TempDir private Path folder;
  private String ranker;
  private String encoder;
  private String sequence;
  private List<String> paths;

  @BeforeEach
  void writeFiles() throws IOException {
    ranker = TestModels.linear(1, -2, 0.5f).write(folder.resolve("ranker")).toString();
    encoder = TestModels.scale(3, 2).write(folder.resolve("encoder")).toString();
    sequence =
        TestModels.sumOfRows(3, 3, 0, 0, 0, 1, 2, 3, 4, 5, 6)
            .write(folder.resolve("sequence"))
            .toString();
    byte[] broken = HostileModels.changed(TestModels.scale(3, 2).bytes(), new Random(7));
    paths =
        Arrays.asList(
            ranker,
            encoder,
            sequence,
            Files.write(folder.resolve("broken"), broken).toString(),
            Files.writeString(folder.resolve("items"), "a\nb\nc").toString(),
            folder.toString(),
            folder.resolve("gone").toString(),
            null,
            "",
            " ",
            "\n",
            "\u0000",
            "\uD800",
            "nowhere://x/y",
            "file:",
            "::",
            "x".repeat(5_000),
            "x".repeat(1 << 20));
  }

  @Test
  void candidatesAndChanges() {
    Fuzz.run(
        "candidates and changes in a job",
        10,
        random -> Stream.generate(() -> either(random)).limit(1 + random.nextInt(20)).toList(),
        this::rank);
  }

  private Record either(Random random) {
    return random.nextInt(4) > 0 ? candidates(random) : change(random);
  }

  private boolean rank(List<Record> records) throws Exception {
    InferenceConfig config =
        InferenceConfig.of(new ModelVersion(2, ranker), RANKS).withBatches(BatchSettings.NONE);
    try (var stage =
        new ModelSubtask<>(
            new ModelOperator<>(new OnnxRankingFunction(10, true), config),
            TypeInformation.of(RecommendationList.class),
            1,
            0)) {
      stage.open();
      int lists = 0;
      for (Record record : records) {
        if (record instanceof ModelChange change) {
          stage.control(change);
        } else {
          stage.send((CandidateFeatures) record, 0);
          lists++;
        }
      }
      int changes = records.size() - lists;
      stage.runUntil(() -> stage.sideOutput(OnnxStages.STATUS).size() == changes);
      List<DeadLetter> letters = stage.sideOutput(DeadLetter.TAG);
      assertThat(stage.output().size() + letters.size()).isEqualTo(lists);
      check(letters);
      check(stage.sideOutput(OnnxStages.STATUS));
      long ranked =
          stage.output().stream()
              .filter(list -> list.policy().endsWith(OnnxRankingFunction.POLICY))
              .count();
      return ranked == lists;
    }
  }

  private static void check(Iterable<?> outcomes) {
    for (Object outcome : outcomes) {
      if (outcome instanceof DeadLetter letter) {
        assertThat(letter.reason()).contains(" must be ").hasSizeLessThanOrEqualTo(512);
      } else if (outcome instanceof ModelStatus status && !status.accepted()) {
        assertThat(status.problem()).isNotEmpty().hasSizeLessThan(6_000);
        assertThat(status.problem().chars()).noneMatch(Character::isISOControl);
        assertThat(String.valueOf(status.path())).hasSizeLessThanOrEqualTo(4_096);
      }
    }
  }

  @Test
  void vectorsToEncode() {
    Fuzz.run(
        "features to encode in a job",
        10,
        random -> Stream.generate(() -> vector(random)).limit(1 + random.nextInt(20)).toList(),
        this::encode);
  }

  private boolean encode(List<FeatureVector> vectors) throws Exception {
    InferenceConfig config =
        InferenceConfig.of(new ModelVersion(2, encoder), ENCODES).withBatches(BatchSettings.NONE);
    try (var stage =
        new ModelSubtask<>(
            new ModelOperator<>(new OnnxEncodingFunction(3), config),
            TypeInformation.of(EncodedVector.class),
            1,
            0)) {
      stage.open();
      for (FeatureVector vector : vectors) {
        stage.send(vector, 0);
      }
      List<DeadLetter> letters = stage.sideOutput(DeadLetter.TAG);
      assertThat(stage.output().size() + letters.size()).isEqualTo(vectors.size());
      check(letters);
      for (EncodedVector encoded : stage.output()) {
        for (float value : encoded.values()) {
          assertThat(value).isFinite();
        }
      }
      return letters.isEmpty();
    }
  }

  @Test
  void changesOfSequenceModels() {
    Fuzz.run(
        "changes of a sequence model",
        100,
        random ->
            Stream.generate(() -> sequenceChange(random)).limit(1 + random.nextInt(3)).toList(),
        this::follow);
  }

  private boolean follow(List<SequenceModelChange> changes) throws IOException {
    SequenceModelConfig config =
        SequenceModelConfig.of(
            new ModelVersion(1, sequence), folder.resolve("items").toString(), 3);
    boolean accepted = true;
    try (SequenceVersions versions = new SequenceVersions(config, version -> null)) {
      versions.apply(config.serving());
      for (SequenceModelChange change : changes) {
        String problem = versions.violation(change);
        if (problem == null) {
          try {
            versions.apply(change);
          } catch (IOException e) {
            problem = e.getMessage();
          }
        }
        if (problem != null) {
          check(List.of(ModelStatus.of(change, problem, 0)));
          accepted = false;
        }
        assertThat(versions.changes()).isNotEmpty().hasSizeLessThanOrEqualTo(4);
      }
    }
    return accepted;
  }

  private ModelChange change(Random random) {
    return new ModelChange(
        NUMBERS[random.nextInt(NUMBERS.length)], path(random), role(random), share(random));
  }

  private SequenceModelChange sequenceChange(Random random) {
    boolean fits = random.nextInt(3) > 0;
    return random.nextInt(20) == 0
        ? null
        : new SequenceModelChange(
            NUMBERS[random.nextInt(NUMBERS.length)],
            fits ? sequence : path(random),
            fits ? folder.resolve("items").toString() : path(random),
            role(random),
            share(random));
  }

  private String path(Random random) {
    return random.nextInt(3) > 0 ? ranker : paths.get(random.nextInt(paths.size()));
  }

  private static ModelRole role(Random random) {
    ModelRole[] roles = ModelRole.values();
    return random.nextInt(10) == 0 ? null : roles[random.nextInt(roles.length)];
  }

  private static double share(Random random) {
    double[] shares = {0.5, 0.5, 0.1, 1, 0, -1, 2, Double.NaN, Double.POSITIVE_INFINITY};
    return shares[random.nextInt(shares.length)];
  }

  private static CandidateFeatures candidates(Random random) {
    int rows = random.nextInt(4);
    ScoredItem[] items = new ScoredItem[rows];
    for (int n = 0; n < rows; n++) {
      items[n] = new ScoredItem("i" + n, 0.5f, "factors", null);
    }
    float[] rowsOfItems = values(2 * rows, random);
    float[] context = values(1, random);
    RecommendationList list = new RecommendationList("u", 0, 1, items);
    return switch (random.nextInt(12)) {
      case 0 -> new CandidateFeatures(null, context, rowsOfItems, 1);
      case 1 -> new CandidateFeatures(list, null, rowsOfItems, 1);
      case 2 -> new CandidateFeatures(list, context, null, 1);
      case 3 -> new CandidateFeatures(list, context, new float[random.nextInt(1 << 18)], 1);
      case 4 -> new CandidateFeatures(list, new float[random.nextInt(6)], rowsOfItems, 1);
      case 5 ->
          new CandidateFeatures(new RecommendationList(null, 0, 1, items), context, rowsOfItems, 1);
      case 6 ->
          new CandidateFeatures(new RecommendationList("u", 0, 1, null), context, rowsOfItems, 1);
      case 7 -> {
        String id = random.nextBoolean() ? null : "x".repeat(1 << 20);
        ScoredItem[] one = {random.nextInt(3) == 0 ? null : new ScoredItem(id, 1, null, null)};
        yield new CandidateFeatures(
            new RecommendationList("u", 0, 1, one), context, values(2, random), 1);
      }
      default -> new CandidateFeatures(list, context, rowsOfItems, 1);
    };
  }

  private static FeatureVector vector(Random random) {
    String[] keys = {"u", "u", "u", "", null, "\u0000", "x".repeat(1 << 20)};
    return new FeatureVector(
        keys[random.nextInt(keys.length)],
        NUMBERS[random.nextInt(NUMBERS.length)],
        random.nextInt(10) > 0 ? 3 : NUMBERS[random.nextInt(NUMBERS.length)],
        random.nextInt(10) == 0 ? null : values(random.nextInt(10) > 0 ? 3 : 200_000, random));
  }

  private static float[] values(int length, Random random) {
    float[] values = new float[length];
    Arrays.fill(values, 0.5f);
    if (length > 0 && random.nextInt(8) == 0) {
      float[] hostile = {Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, -Float.MIN_VALUE};
      values[random.nextInt(length)] = hostile[random.nextInt(hostile.length)];
    }
    return values;
  }
}
