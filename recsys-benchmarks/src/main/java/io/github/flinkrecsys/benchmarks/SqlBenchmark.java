/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * What does SQL cost? Interactions per second of {@code FACTORIZE} and {@code TOP_K} as in
 * recommender.sql, as a ratio to the DataStream job that gives the same lists.
 *
 * <p>200,000 users, 20,000 items by Zipf's law, 32 factors, neighbours, popularity, a list of 10
 * after each interaction, hashmap state. The DataStream job runs with one subtask, as SQL does for
 * one model, and with two. The jobs take turns; figures are medians of 3 runs after a warm-up.
 * Usage: {@code sql [thousands of interactions]}.
 */
public final class SqlBenchmark {
  private static final int RUNS = 3;

  private SqlBenchmark() {}

  private interface Job {
    JobExecutionResult run(StreamExecutionEnvironment env, DataStream<Interaction> events)
        throws Exception;
  }

  /**
   * Runs the benchmark.
   *
   * @param args thousands of interactions, default 50
   * @throws Exception if a job fails
   */
  public static void main(String[] args) throws Exception {
    double thousands = args.length > 0 ? Double.parseDouble(args[0]) : 50;
    Checks.inRange("thousands", thousands, 0, 1_000_000);
    long events = (long) (thousands * 1e3);
    Map<String, double[]> rates = new LinkedHashMap<>();
    for (int run = -1; run < RUNS; run++) {
      measure("DataStream", 1, SqlBenchmark::dataStream, events, run, rates);
      measure("SQL", 1, SqlBenchmark::sql, events, run, rates);
      measure("DataStream x 2", 2, SqlBenchmark::dataStream, events, run, rates);
    }
    double base = ThroughputBenchmark.median(rates.get("DataStream"));
    rates.forEach(
        (name, of) -> {
          double rate = ThroughputBenchmark.median(of);
          System.out.printf(
              "median %-16s %,10.0f interactions/s, ratio %.3f%n", name, rate, rate / base);
        });
  }

  private static void measure(
      String name, int parallelism, Job job, long events, int run, Map<String, double[]> rates)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("pipeline.object-reuse", "true");
    configuration.setString("taskmanager.numberOfTaskSlots", String.valueOf(parallelism));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    DataGeneratorSource<Interaction> source =
        new DataGeneratorSource<>(
            new ZipfInteractions(), events, TypeInformation.of(Interaction.class));
    DataStream<Interaction> stream =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "source").uid("source");
    double rate = events / (job.run(env, stream).getNetRuntime() / 1e3);
    System.out.printf("%-6s %-16s %,10.0f interactions/s%n", run < 0 ? "warm" : run, name, rate);
    if (run >= 0) {
      rates.computeIfAbsent(name, n -> new double[RUNS])[run] = rate;
    }
  }

  private static JobExecutionResult dataStream(
      StreamExecutionEnvironment env, DataStream<Interaction> events) throws Exception {
    Recsys.builder("benchmark")
        .factors(FactorConfig.pairwise().factors(32).build())
        .sessionIndex(SessionIndexConfig.NONE)
        .catalog(CatalogConfig.NONE)
        .ranking(RankingConfig.builder().blend(BlendConfig.builder().fixed().build()).build())
        .withoutEvaluation()
        .build()
        .apply(
            events
                .assignTimestampsAndWatermarks(
                    InteractionWatermarks.of(Duration.ofSeconds(5), Duration.ofMinutes(1)))
                .uid("watermarks"))
        .recommendations()
        .sinkTo(new DiscardingSink<>())
        .uid("end");
    return env.execute("DataStream");
  }

  private static JobExecutionResult sql(
      StreamExecutionEnvironment env, DataStream<Interaction> events) throws Exception {
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    // The planner's own operators get uids only where a plan is compiled, unless told so.
    tables.getConfig().set("table.exec.uid.generation", "ALWAYS");
    tables.executeSql("LOAD MODULE recsys");
    tables.createTemporaryView(
        "events",
        events,
        Schema.newBuilder()
            .column("userId", "STRING")
            .column("itemId", "STRING")
            .column("type", "STRING")
            .column("timestampMillis", "BIGINT NOT NULL")
            .columnByExpression("ts", "TO_TIMESTAMP_LTZ(timestampMillis, 3)")
            .watermark("ts", "ts - INTERVAL '5' SECOND")
            .build());
    tables.executeSql(
        "CREATE TEMPORARY VIEW interactions AS SELECT 'main' AS shop, userId AS user_id,"
            + " itemId AS item_id, type AS event_type, ts FROM events");
    tables.executeSql(
        "CREATE TEMPORARY VIEW factors AS SELECT * FROM FACTORIZE(input => TABLE interactions"
            + " PARTITION BY shop, on_time => DESCRIPTOR(ts), factors => 32, uid => 'factors')");
    tables.executeSql(
        "CREATE TEMPORARY TABLE recommendations (user_id STRING, as_of TIMESTAMP_LTZ(3),"
            + " items ARRAY<ROW<item_id STRING, score FLOAT, source STRING,"
            + " because_item_id STRING>>) WITH ('connector' = 'blackhole')");
    return tables
        .executeSql(
            "INSERT INTO recommendations SELECT user_id, rowtime, items FROM TOP_K("
                + "input => TABLE factors PARTITION BY shop, on_time => DESCRIPTOR(rowtime),"
                + " k => 10, uid => 'top-k')")
        .getJobClient()
        .orElseThrow()
        .getJobExecutionResult()
        .get();
  }
}
