/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

import io.github.flinkrecsys.core.vector.VectorKernels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The factors of one chunk as one byte each, for scans that read a quarter of the memory.
 *
 * <p>A factor is {@code scale * code} up to {@code scale / 2}; the scale of a row is its largest
 * magnitude by {@value #MAX_CODE}. A row that cannot be coded, such as one with a value that is not
 * finite, has an infinite scale.
 *
 * <p>{@code factors + 5} bytes per row. Writers only mark rows; a scan quantizes marked rows before
 * it reads them, each under its lock. So a scan sees everything that its own thread has written and
 * all that is visible to it of others; a row may change while it is read, as the factors do.
 */
public final class QuantizedRows {
  /** Largest magnitude of a code. */
  public static final int MAX_CODE = 127;

  private static final int BLOCK = VectorKernels.BLOCK_ROWS;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final int columns;
  private final byte[] codes;
  private final float[] scales = new float[ItemReplica.CHUNK_ROWS];

  /** 1 where the codes are older than the row; bytes, since those are written independently. */
  private final byte[] stale = new byte[ItemReplica.CHUNK_ROWS];

  QuantizedRows(int columns) {
    this.columns = columns;
    this.codes = new byte[ItemReplica.CHUNK_ROWS * columns];
    Arrays.fill(stale, (byte) 1);
  }

  /**
   * Gives the codes.
   *
   * @return in blocks of {@value VectorKernels#BLOCK_ROWS} rows, see {@link
   *     VectorKernels#selectRows}; not to be written
   */
  public byte[] codes() {
    return codes;
  }

  /**
   * Gives the scales.
   *
   * @return one per row: the value of a code of 1; not to be written
   */
  public float[] scales() {
    return scales;
  }

  /** Marks a row as changed; called by its writer, who holds its lock or has not published it. */
  void markStale(int row) {
    stale[row] = 1;
  }

  /**
   * Quantizes the first rows where they have changed.
   *
   * @param firstSlot of the chunk
   * @implNote O(rows / 8) and O(columns) per changed row.
   */
  void refresh(float[] factors, int firstSlot, int rows, RowLocks locks) {
    for (int from = 0; from < rows; from += Long.BYTES) {
      if ((long) LONG.get(stale, from) != 0) {
        int to = Math.min(from + Long.BYTES, rows);
        for (int row = from; row < to; row++) {
          if (stale[row] != 0) {
            refreshRow(factors, row, firstSlot + row, locks);
          }
        }
      }
    }
  }

  private void refreshRow(float[] factors, int row, int slot, RowLocks locks) {
    locks.lock(slot);
    try {
      quantize(factors, row);
      stale[row] = 0;
    } finally {
      locks.unlock(slot);
    }
  }

  private void quantize(float[] factors, int row) {
    int in = row * columns;
    float largest = 0;
    for (int c = 0; c < columns; c++) {
      // Math.max keeps NaN.
      largest = Math.max(largest, Math.abs(factors[in + c]));
    }
    float scale = largest / MAX_CODE;
    boolean coded = scale == 0 || scale >= Float.MIN_NORMAL && largest <= Float.MAX_VALUE;
    scales[row] = coded ? scale : Float.POSITIVE_INFINITY;
    float inverse = coded && scale > 0 ? 1 / scale : 0;
    int out = row / BLOCK * BLOCK * columns + row % BLOCK;
    for (int c = 0; c < columns; c++) {
      codes[out + c * BLOCK] = nearest(factors[in + c] * inverse);
    }
  }

  /** Rounds to the nearest; several times faster than {@link Math#round(float)}. */
  private static byte nearest(float code) {
    return (byte) (code + Math.copySign(0.5f, code));
  }
}
