/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.feature.FeatureConfig;
import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.TensorSpec;
import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import io.github.flinkrecsys.inference.testing.TestModels;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job of the kept savepoint: features of users and items, a ranking model and a sequence model,
 * each at its second version. What it is asked comes after the savepoint. It runs in this process.
 */
final class KeptModels {
  static final int USERS = 4;

  /** Numbers before the savepoint. */
  static final int CUT = 10;

  static final int END = CUT + USERS + 1;
  static final Queue<RecommendationList> LISTS = new ConcurrentLinkedQueue<>();
  static final Queue<ModelStatus> STATUS = new ConcurrentLinkedQueue<>();

  private static final FeatureConfig USER =
      FeatureConfig.builder().count("clicks", Duration.ofDays(1)).build();
  private static final FeatureConfig ITEM =
      FeatureConfig.builder()
          .count("views", Duration.ofDays(1))
          .count("sales", Duration.ofDays(1))
          .build();

  /** Relative to the module: the savepoint names the files, wherever it is restored. */
  private static final Path FOLDER = Path.of("target/kept-models");

  private KeptModels() {}

  /** Builds the job; one that is written stops before {@link #CUT} until a savepoint is taken. */
  static StreamExecutionEnvironment job(Configuration configuration, boolean isWritten)
      throws IOException {
    writeModels();
    LISTS.clear();
    STATUS.clear();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("restart-strategy.type", "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    DataGeneratorSource<Long> source =
        new DataGeneratorSource<>(
            number -> number,
            END,
            isWritten
                ? RateLimiterStrategy.perCheckpoint(CUT)
                : RateLimiterStrategy.perSecond(1_000),
            Types.LONG);
    DataStream<Long> numbers =
        one("numbers", env.fromSource(source, WatermarkStrategy.noWatermarks(), "numbers"));
    SingleOutputStreamOperator<CandidateFeatures> candidates =
        CandidateFeaturesFunction.apply(
            of(numbers, "lists", RecommendationList.class, KeptModels::list),
            of(numbers, "users", FeatureVector.class, KeptModels::user),
            of(numbers, "items", FeatureVector.class, KeptModels::item),
            CandidateFeatureConfig.of(USER, ITEM),
            "candidates");
    SingleOutputStreamOperator<RecommendationList> ranked =
        OnnxStages.rank(
            candidates,
            of(
                numbers,
                "changes",
                ModelChange.class,
                n -> n == 5 ? ModelChange.serve(2, path("2.onnx")) : null),
            new OnnxRankingFunction(2, false),
            InferenceConfig.of(
                new ModelVersion(1, path("1.onnx")),
                ModelContract.of(TensorSpec.floats("score", 1), TensorSpec.floats("features", 5))),
            "rank");
    see(ranked, "ranked", list -> LISTS.add(list));
    see(ranked.getSideOutput(OnnxStages.STATUS), "rank-status", status -> STATUS.add(status));
    see(
        OnnxStages.sequences(
            of(numbers, "sequence-changes", SequenceModelChange.class, KeptModels::sequence),
            SequenceModelConfig.of(
                new ModelVersion(1, path("sequence-1.onnx")), path("items.txt"), 1),
            "sequences"),
        "sequence-status",
        status -> STATUS.add(status));
    return env;
  }

  /** The first ranks by views, the second by a hundred times the user's clicks plus sales. */
  private static void writeModels() throws IOException {
    Files.createDirectories(FOLDER);
    TestModels.linear(0, 0, 0, 1, 0).write(FOLDER.resolve("1.onnx"));
    TestModels.linear(100, 0, 0, 0, 1).write(FOLDER.resolve("2.onnx"));
    for (int version = 1; version <= 2; version++) {
      TestModels.sumOfRows(1, 2, 0, 0, 1, version, 0, 0)
          .write(FOLDER.resolve("sequence-" + version + ".onnx"));
    }
    Files.writeString(FOLDER.resolve("items.txt"), "a\nb\n");
  }

  private static String path(String file) {
    return FOLDER.resolve(file).toString();
  }

  /** Of one user each, after the savepoint. */
  private static RecommendationList list(long n) {
    return n < CUT || n >= CUT + USERS
        ? null
        : new RecommendationList(
            "u" + (n - CUT),
            n,
            0,
            new ScoredItem[] {
              new ScoredItem("a", 0.5f, "factors", null),
              new ScoredItem("b", 0.25f, "factors", null)
            });
  }

  private static FeatureVector user(long n) {
    return n < USERS
        ? new FeatureVector("u" + n, n, USER.version(), new float[] {clicks((int) n)})
        : null;
  }

  static float clicks(int user) {
    return user + 6;
  }

  private static FeatureVector item(long n) {
    return switch ((int) n) {
      case 0 -> new FeatureVector("a", n, ITEM.version(), new float[] {10, 20});
      case 1 -> new FeatureVector("b", n, ITEM.version(), new float[] {1, 40});
      default -> null;
    };
  }

  /** The second version, and again after the savepoint. */
  private static SequenceModelChange sequence(long n) {
    return n == 5 || n == END - 1
        ? SequenceModelChange.serve(2, path("sequence-2.onnx"), path("items.txt"))
        : null;
  }

  private interface OfNumber<T> extends Serializable {
    T of(long number);
  }

  private static <T> DataStream<T> of(
      DataStream<Long> numbers, String name, Class<T> type, OfNumber<T> function) {
    FlatMapFunction<Long, T> some =
        (number, out) -> {
          T record = function.of(number);
          if (record != null) {
            out.collect(record);
          }
        };
    return one(name, numbers.flatMap(some).returns(TypeInformation.of(type)));
  }

  private interface Seen<T> extends Serializable {
    void see(T record);
  }

  private static <T> void see(DataStream<T> records, String name, Seen<T> seen) {
    FlatMapFunction<T, Integer> see = (record, out) -> seen.see(record);
    records.flatMap(see).returns(Types.INT).name("see-" + name).uid("see-" + name);
  }

  private static <T> SingleOutputStreamOperator<T> one(
      String name, SingleOutputStreamOperator<T> stream) {
    return stream.setParallelism(1).name(name).uid(name);
  }

  /** What is accepted, of each subtask and operator. */
  static List<ModelStatus> accepted() {
    return STATUS.stream().filter(ModelStatus::accepted).toList();
  }
}
