/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.pipeline.RecommendationStreams;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What do state backends and checkpoints cost? Events per second of a recommender that learns and
 * remembers, and makes lists for requests only, by backend and interval of checkpoints; and bytes
 * and time of a checkpoint.
 *
 * <p>200,000 users, 20,000 items by Zipf's law, defaults of {@code Recsys} but for evaluation and
 * learned weights, which rank for every event; 2 slots. Each case has a warm-up of a tenth. Usage:
 * {@code state [thousands of events]}.
 */
public final class StateBenchmark {
  private static final int PARALLELISM = 2;
  private static final int PORT = 18_081;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private StateBenchmark() {}

  private record Case(String backend, int checkpointSeconds, boolean unaligned) {}

  private static final Case[] CASES = {
    new Case("hashmap", 0, false),
    new Case("hashmap", 10, false),
    new Case("rocksdb", 0, false),
    new Case("rocksdb", 10, false),
    new Case("rocksdb", 10, true)
  };

  /**
   * Runs the benchmark.
   *
   * @param args thousands of events, default 2,000
   * @throws Exception if a job fails
   */
  public static void main(String[] args) throws Exception {
    double thousands = args.length > 0 ? Double.parseDouble(args[0]) : 2_000;
    Checks.inRange("thousands", thousands, 0, 1e6);
    long events = (long) (thousands * 1_000);
    for (Case one : CASES) {
      run(one, events / 10);
      System.out.println(run(one, events));
    }
  }

  private static String run(Case one, long events) throws Exception {
    Path checkpoints = Files.createTempDirectory("state-benchmark");
    try {
      StreamExecutionEnvironment env = environment(one, checkpoints);
      recommend(env, events);
      JobClient job = env.executeAsync();
      CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
      JsonNode stats = JSON.nullNode();
      while (!result.isDone()) {
        stats = checkpointsOf(job, stats);
        Thread.sleep(500);
      }
      double seconds = result.get().getNetRuntime() / 1e3;
      return "%-8s checkpoints every %2d s%-10s %,9.0f events/s%s"
          .formatted(
              one.backend(),
              one.checkpointSeconds(),
              one.unaligned() ? " unaligned" : "",
              events / seconds,
              describe(stats));
    } finally {
      delete(checkpoints);
    }
  }

  private static String describe(JsonNode stats) {
    JsonNode last = stats.at("/latest/completed");
    return last.isMissingNode() || last.isNull()
        ? ""
        : ", %d checkpoints; the last: %,d bytes of state, %,d written, %,d ms"
            .formatted(
                stats.at("/counts/completed").asInt(),
                last.get("state_size").asLong(),
                last.get("checkpointed_size").asLong(),
                last.get("end_to_end_duration").asLong());
  }

  /** The job's own account, while it can be asked; else what was last heard. */
  private static JsonNode checkpointsOf(JobClient job, JsonNode before)
      throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + PORT + "/jobs/" + job.getJobID() + "/checkpoints");
    try {
      HttpResponse<String> response =
          HTTP.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
              HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? JSON.readTree(response.body()) : before;
    } catch (IOException e) {
      return before;
    }
  }

  private static StreamExecutionEnvironment environment(Case one, Path checkpoints) {
    Configuration configuration = new Configuration();
    configuration.setString("taskmanager.numberOfTaskSlots", String.valueOf(PARALLELISM));
    configuration.setString("taskmanager.memory.network.min", "128 mb");
    configuration.setString("taskmanager.memory.network.max", "128 mb");
    configuration.setString("taskmanager.memory.managed.size", "1 gb");
    configuration.setString("rest.port", String.valueOf(PORT));
    configuration.setString("rest.bind-address", "127.0.0.1");
    configuration.setString("pipeline.object-reuse", "true");
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("state.backend.type", one.backend());
    configuration.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
    configuration.setString("execution.checkpointing.incremental", "true");
    configuration.setString(
        "execution.checkpointing.unaligned.enabled", String.valueOf(one.unaligned()));
    if (one.checkpointSeconds() > 0) {
      configuration.setString("execution.checkpointing.interval", one.checkpointSeconds() + " s");
    }
    return StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
  }

  private static void recommend(StreamExecutionEnvironment env, long events) {
    DataGeneratorSource<Interaction> source =
        new DataGeneratorSource<>(
            new ZipfInteractions(), events, TypeInformation.of(Interaction.class));
    WatermarkStrategy<Interaction> time =
        InteractionWatermarks.of(Duration.ofSeconds(1), Duration.ofMinutes(1));
    RecommendationStreams streams =
        Recsys.builder("state")
            .ranking(RankingConfig.builder().blend(BlendConfig.builder().fixed().build()).build())
            .withoutEvaluation()
            .serveOnRequest()
            .build()
            .apply(ThroughputBenchmark.named("source", env.fromSource(source, time, "source")));
    ThroughputBenchmark.end("lists", streams.recommendations());
    ThroughputBenchmark.end("factors", streams.itemFactors());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
