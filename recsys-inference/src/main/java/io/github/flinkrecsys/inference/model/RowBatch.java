/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import io.github.flinkrecsys.core.util.Checks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * Rows that are put together for one run, outside the heap, where the runtime reads them without a
 * copy. Filled row by row, every input in the order of the contract; emptied and filled again.
 * Belongs to one thread.
 *
 * <p>Memory: 4 bytes per float and 8 per index of the largest batch so far, up to twice that.
 */
public final class RowBatch {
  private static final int FIRST_ROWS = 16;
  private static final long FIRST_BYTES = 1 << 20;

  private final List<TensorSpec> inputs;
  private final ByteBuffer[] buffers;
  private int rows;

  /**
   * Makes an empty batch.
   *
   * @param contract of the model
   */
  public RowBatch(ModelContract contract) {
    this.inputs = contract.inputs();
    this.buffers = new ByteBuffer[inputs.size()];
    for (int i = 0; i < buffers.length; i++) {
      int row = rowBytes(i);
      buffers[i] = allocate(Math.max(row, Math.min((long) FIRST_ROWS * row, FIRST_BYTES)));
    }
  }

  private int rowBytes(int input) {
    TensorSpec spec = inputs.get(input);
    return spec.width() * spec.type().bytes();
  }

  private static ByteBuffer allocate(long bytes) {
    int fitting = (int) Math.min(bytes, Integer.MAX_VALUE - 8);
    return ByteBuffer.allocateDirect(fitting).order(ByteOrder.nativeOrder());
  }

  /** Forgets all rows. */
  public void clear() {
    rows = 0;
    for (ByteBuffer buffer : buffers) {
      buffer.clear();
    }
  }

  /**
   * Counts the rows whose first input is there.
   *
   * @return rows
   */
  public int rows() {
    return rows;
  }

  /**
   * Adds a row of an input.
   *
   * @param input number of the input in the contract
   * @param values whose elements are copied
   * @param from index of the first; as many are taken as the input is wide
   * @return this
   * @throws IllegalArgumentException if the input is of indices
   */
  public RowBatch add(int input, float[] values, int from) {
    Checks.require(type(input) == ElementType.FLOAT, "input", "of floats", inputs.get(input));
    ByteBuffer buffer = room(input);
    buffer.asFloatBuffer().put(values, from, inputs.get(input).width());
    advance(input, buffer);
    return this;
  }

  /**
   * Adds a row of an input.
   *
   * @param input number of the input in the contract
   * @param values whose elements are copied, as many as the input is wide
   * @return this
   * @throws IllegalArgumentException if the input is of floats
   */
  public RowBatch add(int input, long[] values) {
    Checks.require(type(input) == ElementType.INT64, "input", "of indices", inputs.get(input));
    ByteBuffer buffer = room(input);
    buffer.asLongBuffer().put(values, 0, inputs.get(input).width());
    advance(input, buffer);
    return this;
  }

  ElementType type(int input) {
    return inputs.get(input).type();
  }

  private ByteBuffer room(int input) {
    ByteBuffer buffer = buffers[input];
    if (buffer.remaining() < rowBytes(input)) {
      ByteBuffer larger = allocate(Math.max(2L * buffer.capacity(), rowBytes(input)));
      buffer.flip();
      larger.put(buffer);
      buffers[input] = larger;
      return larger;
    }
    return buffer;
  }

  private void advance(int input, ByteBuffer buffer) {
    buffer.position(buffer.position() + rowBytes(input));
    if (input == 0) {
      rows++;
    }
  }

  /** Gives rows of an input; fails if there are not as many in all as of the first. */
  FloatBuffer floats(int input, int from, int to) {
    return part(input, from, to).asFloatBuffer();
  }

  /** Gives rows of an input; fails if there are not as many in all as of the first. */
  LongBuffer indices(int input, int from, int to) {
    return part(input, from, to).asLongBuffer();
  }

  private ByteBuffer part(int input, int from, int to) {
    int bytes = rowBytes(input);
    return whole(input).slice(from * bytes, (to - from) * bytes).order(ByteOrder.nativeOrder());
  }

  private ByteBuffer whole(int input) {
    int bytes = buffers[input].position();
    Checks.require(
        bytes == rows * rowBytes(input),
        "rows of input " + inputs.get(input).name(),
        "as many as of the first (" + rows + ")",
        bytes / rowBytes(input));
    return buffers[input].duplicate().order(ByteOrder.nativeOrder()).flip();
  }
}
