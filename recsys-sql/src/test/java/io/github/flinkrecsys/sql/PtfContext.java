/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import java.util.Optional;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.DataType;

/** What Flink gives to a call, for tests without a job: a table of one partition column. */
final class PtfContext implements ProcessTableFunction.Context {
  static final FunctionContext FUNCTION =
      new FunctionContext(null) {
        @Override
        public MetricGroup getMetricGroup() {
          return new UnregisteredMetricsGroup();
        }
      };

  private final DataType rowType;
  private final long time;

  private PtfContext(DataType rowType, long time) {
    this.rowType = rowType;
    this.time = time;
  }

  static PtfContext interactions(long time) {
    return new PtfContext(
        DataTypes.ROW(
            DataTypes.FIELD("shop", DataTypes.STRING()),
            DataTypes.FIELD("user_id", DataTypes.STRING()),
            DataTypes.FIELD("item_id", DataTypes.STRING())),
        time);
  }

  static PtfContext factors(long time) {
    return new PtfContext(
        DataTypes.ROW(
            DataTypes.FIELD("shop", DataTypes.STRING()),
            DataTypes.FIELD("side", DataTypes.STRING()),
            DataTypes.FIELD("id", DataTypes.STRING()),
            DataTypes.FIELD("factors", DataTypes.ARRAY(DataTypes.FLOAT())),
            DataTypes.FIELD("bias", DataTypes.FLOAT()),
            DataTypes.FIELD("popularity", DataTypes.DOUBLE()),
            DataTypes.FIELD("steps", DataTypes.BIGINT()),
            DataTypes.FIELD("item_id", DataTypes.STRING()),
            DataTypes.FIELD("event_type", DataTypes.STRING())),
        time);
  }

  @Override
  public <T> ProcessTableFunction.TimeContext<T> timeContext(Class<T> type) {
    return new ProcessTableFunction.TimeContext<>() {
      @Override
      public T time() {
        return type.cast(time);
      }

      @Override
      public T tableWatermark() {
        return null;
      }

      @Override
      public T currentWatermark() {
        return null;
      }

      @Override
      public void registerOnTime(String name, T at) {}

      @Override
      public void registerOnTime(T at) {}

      @Override
      public void clearTimer(String name) {}

      @Override
      public void clearTimer(T at) {}

      @Override
      public void clearAllTimers() {}
    };
  }

  @Override
  public TableSemantics tableSemanticsFor(String argument) {
    return table(rowType);
  }

  /** A table that is partitioned by its first column. */
  static TableSemantics table(DataType rowType) {
    return new TableSemantics() {
      @Override
      public DataType dataType() {
        return rowType;
      }

      @Override
      public int[] partitionByColumns() {
        return new int[] {0};
      }

      @Override
      public int[] orderByColumns() {
        return new int[0];
      }

      @Override
      public SortDirection[] orderByDirections() {
        return new SortDirection[0];
      }

      @Override
      public int timeColumn() {
        return -1;
      }

      @Override
      public Optional<ChangelogMode> changelogMode() {
        return Optional.empty();
      }
    };
  }

  @Override
  public void clearState(String name) {}

  @Override
  public void clearAllState() {}

  @Override
  public void clearAllTimers() {}

  @Override
  public void clearAll() {}

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }
}
