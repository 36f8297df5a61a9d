/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.table;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.types.Row;

/**
 * Keeps in memory what is expensive to read out of the state at every row, for the partitions used
 * last. It is never the truth: whoever changes a value writes the state in the same call, and a
 * value that is not here is read again. Belongs to one subtask.
 *
 * @param <V> what is kept of a partition
 */
public final class PartitionCache<V> {
  /** Partitions that are kept. */
  public static final int MAX_PARTITIONS = 16;

  private final String argument;
  private final Map<Row, V> values =
      new LinkedHashMap<>(MAX_PARTITIONS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Row, V> eldest) {
          return size() > MAX_PARTITIONS;
        }
      };
  private int[] keyColumns;

  /** Reads a value out of the state. */
  @FunctionalInterface
  public interface Loader<V> {
    /**
     * Reads.
     *
     * @return the value, empty if nothing is known of the partition
     * @throws Exception if the state backend fails
     */
    V load() throws Exception;
  }

  /**
   * Makes an empty cache.
   *
   * @param argument name of the table argument
   */
  public PartitionCache(String argument) {
    this.argument = argument;
  }

  /**
   * Gives the value of the partition of a row.
   *
   * @param context of the call
   * @param row of the table
   * @param loader asked if the value is not in memory
   * @return the value
   * @throws Exception if the loader throws
   */
  public V get(ProcessTableFunction.Context context, Row row, Loader<V> loader) throws Exception {
    if (keyColumns == null) {
      TableSemantics table = context.tableSemanticsFor(argument);
      keyColumns = table.partitionByColumns();
    }
    V value = values.get(Row.project(row, keyColumns));
    return value == null ? put(row, loader.load()) : value;
  }

  /**
   * Keeps another value of a partition that was asked for.
   *
   * @param row of the table
   * @param value to be kept
   * @return it
   */
  public V put(Row row, V value) {
    values.put(Row.project(row, keyColumns), value);
    return value;
  }
}
