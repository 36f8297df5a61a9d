/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.SharedModels;
import io.github.flinkrecsys.inference.model.SplitPlace;
import io.github.flinkrecsys.inference.ranking.OnnxStages;
import io.github.flinkrecsys.inference.testing.TestModels;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In a job with two subtasks, users of both see what a newer model expects: some first, then all.
 */
class SequenceSwapJobTest {
  private static final int USERS = 16;

  /** Which change the control stream sends, again and again; the job runs in this process. */
  private static final AtomicInteger NEXT = new AtomicInteger();

  @TempDir Path folder;

  @Test
  void theNewVersionServesItsShareAndThenAllWithoutARestart() throws Exception {
    // Everybody looks at a: model 1 has d follow, model 2 has e.
    SequenceModelChange first = model(1, 9, 0);
    SequenceModelChange second = model(2, 0, 9);
    String path = second.path();
    String items = second.vocabularyPath();
    SequenceModelConfig config =
        SequenceModelConfig.of(new ModelVersion(1, first.path()), first.vocabularyPath(), 1);
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    DataStream<Interaction> interactions =
        endless(env, SequenceSwapJobTest::interaction, 200, Interaction.class)
            .assignTimestampsAndWatermarks(
                InteractionWatermarks.of(Duration.ZERO, Duration.ofMinutes(1)))
            .uid("interactions-in-time");
    NEXT.set(0);
    DataStream<SequenceModelChange> changes =
        endless(env, n -> change(NEXT.get(), path, items), 1, SequenceModelChange.class);
    OnnxStages.sequences(changes, config, "versions")
        .sinkTo(new DiscardingSink<>())
        .uid("versions-end");
    DataStream<RecommendationList> lists =
        Recsys.builder("swap")
            .ranking(
                RankingConfig.builder()
                    .source(OnnxSequenceSource.factory(config))
                    .blend(BlendConfig.builder().fixed().weight("sequence-model", 10).build())
                    .build())
            .withoutEvaluation()
            .build()
            .apply(interactions)
            .recommendations();

    Set<String> split = new TreeSet<>();
    for (int n = 0; n < USERS; n++) {
      if (SplitPlace.of(Hashes.hash("u" + n)) < 0.5) {
        split.add("u" + n);
      }
    }
    Set<String> sawFirst = new TreeSet<>();
    Set<String> sawSecond = new TreeSet<>();
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    try (CloseableIterator<RecommendationList> found = lists.executeAndCollect()) {
      while (sawSecond.size() < USERS && System.nanoTime() < end && found.hasNext()) {
        RecommendationList list = found.next();
        String best = list.items().length == 0 ? "" : list.items()[0].itemId();
        if (best.equals("d")) {
          assertThat(sawSecond).doesNotContain(list.userId());
          sawFirst.add(list.userId());
          if (sawFirst.size() == USERS) {
            NEXT.compareAndSet(0, 1);
          }
        } else if (best.equals("e") && NEXT.get() > 0) {
          sawSecond.add(list.userId());
          if (NEXT.get() == 1) {
            assertThat(split).contains(list.userId());
          }
          if (sawSecond.equals(split)) {
            NEXT.set(2);
          }
        }
      }
    }
    // The job is cancelled, and ends by itself.
    long ended = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (SharedModels.inUse() > 0 && System.nanoTime() < ended) {
      Thread.sleep(10);
    }
    assertThat(SharedModels.inUse()).isZero();
    assertThat(sawFirst).hasSize(USERS);
    assertThat(split).hasSizeBetween(1, USERS - 1);
    assertThat(sawSecond).hasSize(USERS);
  }

  /** The first is refused, as version 1 is not higher than that of the config. */
  private static SequenceModelChange change(int next, String path, String items) {
    return next == 0
        ? SequenceModelChange.serve(1, path, items)
        : next == 1
            ? SequenceModelChange.split(2, path, items, 0.5)
            : SequenceModelChange.serve(2, path, items);
  }

  /** The items are a, d, e; row 1 of the table is what a adds to their scores. */
  private SequenceModelChange model(long version, float d, float e) throws Exception {
    float[] table = {0, 0, 0, 0, d, e, 0, 0, 0, 0, 0, 0};
    Path model = TestModels.sumOfRows(1, 3, table).write(folder.resolve(version + ".onnx"));
    Path items = Files.writeString(folder.resolve(version + ".txt"), "a\nd\ne\n");
    return SequenceModelChange.serve(version, model.toString(), items.toString());
  }

  /** One user teaches the replica d and e; the others look at a again and again. */
  private static Interaction interaction(long n) {
    String user = n < 2 ? "teacher" : "u" + n % USERS;
    String item = n == 0 ? "d" : n == 1 ? "e" : "a";
    return new Interaction(user, item, Interaction.CLICK, 1, 1_700_000_000_000L + n);
  }

  private static <T> DataStream<T> endless(
      StreamExecutionEnvironment env,
      GeneratorFunction<Long, T> generator,
      int perSecond,
      Class<T> type) {
    DataGeneratorSource<T> source =
        new DataGeneratorSource<>(
            generator,
            Long.MAX_VALUE,
            RateLimiterStrategy.perSecond(perSecond),
            TypeInformation.of(type));
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), type.getSimpleName())
        .uid(type.getSimpleName())
        .setParallelism(1);
  }
}
