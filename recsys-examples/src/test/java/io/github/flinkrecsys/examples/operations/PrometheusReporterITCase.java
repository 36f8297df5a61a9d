/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.connectors.redis.RedisConfig;
import io.github.flinkrecsys.connectors.redis.RedisRecommendationSink;
import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.event.ParseFunction;
import io.github.flinkrecsys.operators.pipeline.RecommendationStreams;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** A job with the reporter of docs/metrics.md gives Prometheus whatever the dashboard shows. */
@Timeout(180)
class PrometheusReporterITCase {
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^(flink_[A-Za-z_]+)\\{.*\\} ([-+0-9.E]+|NaN)$");

  @TempDir Path scratch;

  @Test
  void dashboardsMetricsAreScraped() throws Exception {
    int redisPort = freePort();
    RedisServer redis =
        RedisServer.newRedisServer()
            .port(redisPort)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .build();
    redis.start();
    int port = freePort();
    try {
      JobClient job = start(port, RedisConfig.server("127.0.0.1:" + redisPort).build());
      try {
        Set<String> missing = Dashboard.metrics();
        String scraped = "";
        while (!missing.isEmpty() || value(scraped, "listsServed") < 1) {
          assertThat(job.getJobStatus().get().isGloballyTerminalState())
              .as("%s", missing)
              .isFalse();
          Thread.sleep(200);
          scraped = scrape(port);
          missing.removeAll(names(scraped));
        }
        assertThat(value(scraped, "replicaItems")).isEqualTo(50);
        assertThat(value(scraped, "written")).isPositive();
        assertThat(scraped)
            .contains("operator_name=\"shop_recommend\"")
            .contains("quantile=\"0.95\"")
            .contains("reason=\"itemId\"")
            .contains("source=\"blend\"");
      } finally {
        job.cancel().get();
      }
    } finally {
      redis.stop();
    }
  }

  private JobClient start(int port, RedisConfig redis) throws Exception {
    Configuration configuration = DocConfig.read("docs/metrics.md", "prometheus", scratch);
    configuration.setString("metrics.reporter.prom.port", String.valueOf(port));
    configuration.setString("taskmanager.numberOfTaskSlots", "2");
    configuration.setString("execution.checkpointing.interval", "500 ms");
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    DataStream<Interaction> interactions =
        env.fromSource(
                new DataGeneratorSource<>(
                    (GeneratorFunction<Long, String>) PrometheusReporterITCase::line,
                    1_000_000,
                    RateLimiterStrategy.perSecond(500),
                    Types.STRING),
                WatermarkStrategy.noWatermarks(),
                "lines")
            .uid("lines")
            .setParallelism(1)
            .process(ParseFunction.interactions(PrometheusReporterITCase::interaction))
            .uid("parse")
            .setParallelism(1)
            .assignTimestampsAndWatermarks(
                InteractionWatermarks.of(Duration.ofSeconds(1), Duration.ofMinutes(1)))
            .uid("times")
            .setParallelism(1);
    RecommendationStreams shop =
        Recsys.builder("shop")
            .evaluation(EvaluationConfig.of(10, Duration.ofMinutes(1)))
            .sessions(SessionConfig.builder().gap(Duration.ofMinutes(1)).build())
            .build()
            .apply(interactions);
    shop.recommendations().sinkTo(new RedisRecommendationSink(redis)).uid("redis");
    shop.evaluation().sinkTo(new DiscardingSink<>()).uid("evaluation-end");
    shop.sessions().sinkTo(new DiscardingSink<>()).uid("sessions-end");
    return env.executeAsync();
  }

  /** A number, which is that of an interaction. */
  private static String line(long n) {
    return String.valueOf(n);
  }

  /** A second of event time per record; one of a hundred has no item. */
  private static Interaction interaction(String line) {
    long n = Long.parseLong(line);
    String item = n % 100 == 99 ? null : "i" + n * 7 % 50;
    return Interaction.click("u" + n % 30, item, 1_767_225_600_000L + n * 1_000);
  }

  private static String scrape(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static Set<String> names(String scraped) {
    Set<String> names = new TreeSet<>();
    Matcher sample = SAMPLE.matcher(scraped);
    while (sample.find()) {
      names.add(sample.group(1));
    }
    return names;
  }

  /** The largest value of an operator's metric among subtasks, 0 if there is none. */
  private static double value(String scraped, String metric) {
    double largest = 0;
    Matcher sample = SAMPLE.matcher(scraped);
    while (sample.find()) {
      if (sample.group(1).equals("flink_taskmanager_job_task_operator_" + metric)) {
        largest = Math.max(largest, Double.parseDouble(sample.group(2)));
      }
    }
    return largest;
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
