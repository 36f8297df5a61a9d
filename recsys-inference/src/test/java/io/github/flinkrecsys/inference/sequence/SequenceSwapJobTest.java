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
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.ranking.OnnxStages;
import io.github.flinkrecsys.inference.testing.TestModels;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
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

/** In a job with two subtasks, users of both see what the newer model expects. */
class SequenceSwapJobTest {
  private static final int USERS = 16;

  /** Whether a list of version 1 has come out; the job runs in this process. */
  private static final AtomicBoolean FIRST_SEEN = new AtomicBoolean();

  @TempDir Path folder;

  @Test
  void theNewVersionServesAllSubtasksWithoutARestart() throws Exception {
    // Everybody looks at a: model 1 has d follow, model 2 has e.
    SequenceModelChange first = model(1, 9, 0);
    SequenceModelChange second = model(2, 0, 9);
    String path = second.path();
    String vocabularyPath = second.vocabularyPath();
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
    FIRST_SEEN.set(false);
    // Refused at first, as version 1 is not higher; the second comes when that has served, and
    // again.
    DataStream<SequenceModelChange> changes =
        endless(
            env,
            n -> new SequenceModelChange(FIRST_SEEN.get() ? 2 : 1, path, vocabularyPath),
            1,
            SequenceModelChange.class);
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

    Set<String> sawFirst = new HashSet<>();
    Set<String> sawSecond = new HashSet<>();
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    try (CloseableIterator<RecommendationList> found = lists.executeAndCollect()) {
      while (sawSecond.size() < USERS && System.nanoTime() < end && found.hasNext()) {
        RecommendationList list = found.next();
        for (int n = 0; n < Math.min(1, list.items().length); n++) {
          String best = list.items()[n].itemId();
          if (best.equals("d")) {
            sawFirst.add(list.userId());
            FIRST_SEEN.set(true);
          } else if (best.equals("e")) {
            sawSecond.add(list.userId());
          }
        }
      }
    }
    assertThat(sawFirst).isNotEmpty();
    assertThat(sawSecond).hasSize(USERS);
  }

  /** The items are a, d, e; row 1 of the table is what a adds to their scores. */
  private SequenceModelChange model(long version, float d, float e) throws Exception {
    float[] table = {0, 0, 0, 0, d, e, 0, 0, 0, 0, 0, 0};
    Path model = TestModels.sumOfRows(1, 3, table).write(folder.resolve(version + ".onnx"));
    Path items = Files.writeString(folder.resolve(version + ".txt"), "a\nd\ne\n");
    return new SequenceModelChange(version, model.toString(), items.toString());
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
