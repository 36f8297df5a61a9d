/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import java.util.Arrays;

/**
 * Compressed sparse rows of a matrix of zeros and ones.
 *
 * @param starts where each row starts in {@code columns}, and after the last one its end
 * @param columns those of the ones, ascending within a row
 */
record SparseRows(int[] starts, int[] columns) {

  /** Rows from pairs in any order; a pair that is there twice counts once. */
  static SparseRows of(int rowCount, int[] rowOf, int[] columnOf, int size) {
    int[] starts = new int[rowCount + 1];
    for (int i = 0; i < size; i++) {
      starts[rowOf[i] + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = Arrays.copyOf(starts, rowCount);
    int[] columns = new int[size];
    for (int i = 0; i < size; i++) {
      columns[next[rowOf[i]]++] = columnOf[i];
    }
    return sortedAndDistinct(starts, columns);
  }

  private static SparseRows sortedAndDistinct(int[] starts, int[] columns) {
    int kept = 0;
    int from = 0;
    for (int row = 0; row + 1 < starts.length; row++) {
      int to = starts[row + 1];
      Arrays.sort(columns, from, to);
      int start = kept;
      for (int i = from; i < to; i++) {
        if (kept == start || columns[i] != columns[kept - 1]) {
          columns[kept++] = columns[i];
        }
      }
      starts[row + 1] = kept;
      from = to;
    }
    return new SparseRows(starts, Arrays.copyOf(columns, kept));
  }

  int rowCount() {
    return starts.length - 1;
  }

  int size() {
    return columns.length;
  }

  int length(int row) {
    return starts[row + 1] - starts[row];
  }

  int[] copyOfRow(int row) {
    return Arrays.copyOfRange(columns, starts[row], starts[row + 1]);
  }

  SparseRows transposed(int columnCount) {
    int[] transposedStarts = new int[columnCount + 1];
    for (int column : columns) {
      transposedStarts[column + 1]++;
    }
    Arrays.parallelPrefix(transposedStarts, Integer::sum);
    int[] next = Arrays.copyOf(transposedStarts, columnCount);
    int[] transposed = new int[columns.length];
    for (int row = 0; row < rowCount(); row++) {
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        transposed[next[columns[i]]++] = row;
      }
    }
    return new SparseRows(transposedStarts, transposed);
  }
}
