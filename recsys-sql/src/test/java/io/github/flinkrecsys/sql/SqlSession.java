/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.ExecutionConfigOptions.UidGeneration;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

/** A table environment with the module loaded, as a SQL client has it, and a watermark per row. */
public final class SqlSession {
  private final StreamExecutionEnvironment environment;
  private final StreamTableEnvironment tables;

  public SqlSession() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);
    environment = environment(configuration, 1);
    tables = tables(environment);
  }

  /** An environment that refuses Kryo and operators without a uid. */
  static StreamExecutionEnvironment environment(Configuration configuration, int parallelism) {
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration)
        .setParallelism(parallelism);
  }

  /** Tables of an environment, with the module; operators of the planner get uids, too. */
  static StreamTableEnvironment tables(StreamExecutionEnvironment environment) {
    StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
    tables.getConfig().set(ExecutionConfigOptions.TABLE_EXEC_UID_GENERATION, UidGeneration.ALWAYS);
    tables.getConfig().set("table.local-time-zone", "UTC");
    tables.executeSql("LOAD MODULE recsys");
    return tables;
  }

  public StreamTableEnvironment tables() {
    return tables;
  }

  /** One row of the table that {@link #interactions} makes. */
  public static Row interaction(String userId, String itemId, String type, long millis) {
    return Row.of("shop", userId, itemId, type, 1.0, Instant.ofEpochMilli(millis));
  }

  /** Makes a table of interactions whose watermark follows every row. */
  public SqlSession interactions(String table, List<Row> rows) {
    var stream =
        environment
            .fromData(
                rows,
                Types.ROW_NAMED(
                    new String[] {"shop", "user_id", "item_id", "event_type", "weight", "ts"},
                    Types.STRING,
                    Types.STRING,
                    Types.STRING,
                    Types.STRING,
                    Types.DOUBLE,
                    Types.INSTANT))
            .uid(table);
    tables.createTemporaryView(
        table,
        stream,
        Schema.newBuilder()
            .column("shop", DataTypes.STRING())
            .column("user_id", DataTypes.STRING())
            .column("item_id", DataTypes.STRING())
            .column("event_type", DataTypes.STRING())
            .column("weight", DataTypes.DOUBLE())
            .column("ts", DataTypes.TIMESTAMP_LTZ(3))
            .watermark("ts", "ts")
            .build());
    return this;
  }

  /** Runs a query to its end; fails on anything but inserted rows. */
  public List<Row> query(String query) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> found = tables.executeSql(query).collect()) {
      while (found.hasNext()) {
        Row row = found.next();
        if (row.getKind() != RowKind.INSERT) {
          throw new AssertionError("rows must be inserted, got " + row);
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
