/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

import io.github.flinkrecsys.core.vector.VectorKernels;
import java.util.Arrays;

/**
 * The factors of one chunk as one byte each, for scans that read a quarter of the memory.
 *
 * <p>A factor is {@code scale * code} up to {@code scale / 2}; the scale of a row is its largest
 * magnitude by {@value #MAX_CODE}. A scale that is not a number says that the codes are older than
 * the row, or that a value in it is not finite: the row itself must be read.
 *
 * <p>{@code factors + 4} bytes per row. Writers only take the scale away, under the row's lock;
 * readers quantize such rows again when they meet them. So no change is missed by the thread that
 * made it, nor by others once it is visible to them; a row may change while it is read, as the
 * factors do.
 */
public final class QuantizedRows {
  /** Largest magnitude of a code. */
  public static final int MAX_CODE = 127;

  private static final int BLOCK = VectorKernels.BLOCK_ROWS;

  private final int columns;
  private final byte[] codes;
  private final float[] scales = new float[ItemReplica.CHUNK_ROWS];

  QuantizedRows(int columns) {
    this.columns = columns;
    this.codes = new byte[ItemReplica.CHUNK_ROWS * columns];
    Arrays.fill(scales, Float.NaN);
  }

  long bytes() {
    return codes.length + (long) Float.BYTES * scales.length;
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
   * @return one per row: the value of a code of 1, or NaN; not to be written
   */
  public float[] scales() {
    return scales;
  }

  /** Says that a row has changed; called under its lock. */
  void markStale(int row) {
    scales[row] = Float.NaN;
  }

  /** Quantizes a row; called under its lock. */
  void quantize(float[] factors, int row) {
    int in = row * columns;
    float largest = 0;
    for (int c = 0; c < columns; c++) {
      // Math.max keeps NaN.
      largest = Math.max(largest, Math.abs(factors[in + c]));
    }
    float scale = largest / MAX_CODE;
    boolean coded = scale == 0 || scale >= Float.MIN_NORMAL && largest <= Float.MAX_VALUE;
    scales[row] = coded ? scale : Float.NaN;
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
