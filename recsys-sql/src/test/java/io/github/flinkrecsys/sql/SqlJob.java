/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.savepoints.KeptSavepoints;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * A job of statements with every function of the module that has state; it runs in this process, in
 * halves with a savepoint between or as a whole.
 */
final class SqlJob {
  static final int EVENTS = 400;
  static final long SEED = 5;
  static final Duration GAP = Duration.ofMinutes(12);

  private static final int USERS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final TypeInformation<Row> INTERACTION =
      Types.ROW_NAMED(
          new String[] {"shop", "user_id", "item_id", "event_type", "ts"},
          Types.STRING,
          Types.STRING,
          Types.STRING,
          Types.STRING,
          Types.INSTANT);

  /** What the statements gave, "name: row". */
  private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

  private static List<String> whole;

  private SqlJob() {}

  /** The rows of a statement, in the order of their text. */
  static List<String> of(String name, List<String> rows) {
    return rows.stream().filter(row -> row.startsWith(name + ":")).sorted().toList();
  }

  /** One event per minute. */
  static List<Row> events() {
    Random random = new Random(SEED);
    List<Row> events = new ArrayList<>();
    for (int n = 0; n < EVENTS; n++) {
      String user = "u" + random.nextInt(USERS);
      String item = "i" + (int) (40 * random.nextDouble() * random.nextDouble());
      events.add(Row.of("shop", user, item, "view", Instant.ofEpochMilli(n * 60_000L)));
    }
    return events;
  }

  /** What one run of all events gives, run once for all tests. */
  static synchronized List<String> whole() throws Exception {
    if (whole == null) {
      whole = run(events(), 1, null);
    }
    return whole;
  }

  /** Runs a job to the end of its input. */
  static List<String> run(List<Row> events, int parallelism, Path savepoint) throws Exception {
    FOUND.clear();
    StreamExecutionEnvironment environment = environment(parallelism, savepoint);
    String source = savepoint == null ? "whole" : "second-half";
    statements(environment, environment.fromData(events, INTERACTION).uid(source));
    KeptSavepoints.awaitEnd(environment.executeAsync());
    return new ArrayList<>(FOUND);
  }

  /** Runs a job whose input does not end, and stops it when all events have been seen. */
  static Path runAndStop(List<Row> events, Path folder, List<String> found) throws Exception {
    FOUND.clear();
    StreamExecutionEnvironment environment = environment(1, null);
    DataStream<Row> silence =
        environment
            .fromSource(
                new DataGeneratorSource<>(
                    n -> Row.of("", "", "", "", Instant.EPOCH),
                    Long.MAX_VALUE,
                    RateLimiterStrategy.perSecond(10),
                    INTERACTION),
                WatermarkStrategy.noWatermarks(),
                "silence")
            .uid("silence")
            .filter(row -> false)
            .uid("nothing");
    statements(
        environment, environment.fromData(events, INTERACTION).uid("first-half").union(silence));
    JobClient job = environment.executeAsync();
    await(() -> of("lists", new ArrayList<>(FOUND)).size() == events.size());
    await(() -> of("near", new ArrayList<>(FOUND)).size() == events.size());
    Path savepoint = KeptSavepoints.stop(job, folder);
    found.addAll(FOUND);
    return savepoint;
  }

  /** The job, not to be run. */
  static StreamExecutionEnvironment graph() {
    StreamExecutionEnvironment environment = environment(1, null);
    statements(environment, environment.fromData(events(), INTERACTION).uid("first-half"));
    return environment;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("rows: " + FOUND.size()).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static StreamExecutionEnvironment environment(int parallelism, Path savepoint) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
      // That of the first job's source, which is another one.
      configuration.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    }
    return SqlSession.environment(configuration, parallelism);
  }

  private static void statements(StreamExecutionEnvironment environment, DataStream<Row> events) {
    StreamTableEnvironment tables = SqlSession.tables(environment);
    tables.createTemporaryView(
        "events",
        events.map(row -> row).returns(INTERACTION).uid("events").setParallelism(1),
        Schema.newBuilder()
            .column("shop", DataTypes.STRING())
            .column("user_id", DataTypes.STRING())
            .column("item_id", DataTypes.STRING())
            .column("event_type", DataTypes.STRING())
            .column("ts", DataTypes.TIMESTAMP_LTZ(3))
            .watermark("ts", "ts")
            .build());
    tables.executeSql(
        "CREATE TEMPORARY VIEW pairs AS SELECT * FROM ITEM_PAIRS(input => TABLE events"
            + " PARTITION BY user_id, on_time => DESCRIPTOR(ts), uid => 'pairs')");
    tables.executeSql(
        "CREATE TEMPORARY VIEW counted AS SELECT * FROM ITEM_COUNTS(input => TABLE pairs"
            + " PARTITION BY neighbor_id, on_time => DESCRIPTOR(rowtime), uid => 'counts')");
    collect(
        tables,
        "lists",
        "SELECT user_id, items, rowtime FROM " + lists(tables, "top-k", ", neighbors => 0"));
    collect(
        tables,
        "sessions",
        "SELECT user_id, session_start, session_end, item_ids, is_late FROM SESSIONIZE("
            + "input => TABLE events PARTITION BY user_id, on_time => DESCRIPTOR(ts),"
            + " gap => INTERVAL '"
            + GAP.toMinutes()
            + "' MINUTE, uid => 'sessions')");
    collect(
        tables, "steps", "SELECT id, steps FROM " + factors("factors") + " WHERE side = 'USER'");
    // Scores by neighbours are not the same to the last bit after a restart.
    collect(
        tables,
        "near",
        "SELECT user_id, CARDINALITY(items), rowtime FROM " + lists(tables, "near", ""));
    collect(
        tables,
        "trends",
        "SELECT item_id, CAST(ROUND(score, 3) AS STRING) FROM TRENDING(input => TABLE events"
            + " PARTITION BY shop, on_time => DESCRIPTOR(ts), size => 100,"
            + " send_every => INTERVAL '30' DAY, uid => 'trends')");
    tables.executeSql(
        "CREATE TEMPORARY VIEW served AS SELECT user_id, items, rowtime AS ts FROM "
            + lists(tables, "judged-top-k", ", neighbors => 0"));
    collect(
        tables,
        "judged",
        "SELECT user_id, item_id, recall, rowtime FROM PREQUENTIAL("
            + "input => TABLE events PARTITION BY user_id, lists => TABLE served"
            + " PARTITION BY user_id, on_time => DESCRIPTOR(ts), uid => 'judged')");
    // All that arrived before the only timer is in it, whatever the order among the users.
    collect(
        tables,
        "neighbors",
        "SELECT item_id, CARDINALITY(neighbors) FROM ITEM_NEIGHBORS(input => TABLE counted"
            + " PARTITION BY item_id, on_time => DESCRIPTOR(rowtime), k => 100,"
            + " send_every => INTERVAL '30' DAY, uid => 'neighbors')");
  }

  /** A model of its own, as each query is translated by itself. */
  private static String factors(String uid) {
    return "FACTORIZE(input => TABLE events PARTITION BY shop,"
        + " on_time => DESCRIPTOR(ts), factors => 8, uid => '"
        + uid
        + "')";
  }

  private static String lists(StreamTableEnvironment tables, String uid, String arguments) {
    String factors = "factors_of_" + uid.replace('-', '_');
    tables.executeSql("CREATE TEMPORARY VIEW " + factors + " AS SELECT * FROM " + factors(factors));
    return "TOP_K(input => TABLE "
        + factors
        + " PARTITION BY shop, on_time => DESCRIPTOR(rowtime), k => 5, uid => '"
        + uid
        + "'"
        + arguments
        + ")";
  }

  private static void collect(StreamTableEnvironment tables, String name, String query) {
    tables
        .toDataStream(tables.sqlQuery(query))
        .map(row -> FOUND.add(name + ": " + text(row)))
        .returns(Types.BOOLEAN)
        .uid(name + "-found")
        .sinkTo(new DiscardingSink<>())
        .uid(name + "-end");
  }

  private static String text(Row row) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < row.getArity(); i++) {
      Object field = row.getField(i);
      fields.add(field instanceof Object[] array ? Arrays.toString(array) : "" + field);
    }
    return String.join(", ", fields);
  }
}
