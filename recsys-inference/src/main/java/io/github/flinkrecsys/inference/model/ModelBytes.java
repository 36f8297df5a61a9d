/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import java.util.HashMap;
import java.util.Map;

/**
 * Walks the Protocol Buffers of a model before the runtime does, along all that may hold weights or
 * graphs, and refuses what native code should not see: weights in other files of the machine, what
 * is cut off, graphs nested so deep that the runtime's time doubles with each, and functions, in
 * which ONNX Runtime 1.28 ends the process where a call has other inputs than its function, and
 * which may come to a billion nodes in a kilobyte. Takes time by the size of the file, no copies,
 * and little stack, since nothing but graphs nests, {@value #MAX_GRAPHS} at most.
 *
 * <p>Numbers of fields: <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto
 * </a>.
 */
final class ModelBytes {
  /** The main one counts. ONNX Runtime 1.28 takes seconds at 17, and minutes at 21. */
  static final int MAX_GRAPHS = 9;

  private static final int EXTERNAL_DATA = 13;
  private static final int DATA_LOCATION = 14;

  /** Messages that lead to weights and graphs, and what is refused at once. */
  private enum Kind {
    MODEL,
    TRAINING,
    FUNCTION,
    GRAPH,
    NODE,
    ATTRIBUTE,
    SPARSE_TENSOR,
    TENSOR
  }

  private static final Map<Kind, Map<Integer, Kind>> FIELDS =
      Map.of(
          Kind.MODEL, Map.of(7, Kind.GRAPH, 20, Kind.TRAINING, 25, Kind.FUNCTION),
          Kind.TRAINING, Map.of(1, Kind.GRAPH, 2, Kind.GRAPH),
          Kind.FUNCTION, Map.of(),
          Kind.GRAPH, Map.of(1, Kind.NODE, 5, Kind.TENSOR, 15, Kind.SPARSE_TENSOR),
          Kind.NODE, Map.of(5, Kind.ATTRIBUTE),
          Kind.ATTRIBUTE, ofAttributes(),
          Kind.SPARSE_TENSOR, Map.of(1, Kind.TENSOR, 2, Kind.TENSOR),
          Kind.TENSOR, Map.of());

  private final ModelVersion model;
  private final byte[] bytes;
  private int at;

  private static Map<Integer, Kind> ofAttributes() {
    Map<Integer, Kind> fields = new HashMap<>(Map.of(5, Kind.TENSOR, 10, Kind.TENSOR));
    fields.putAll(Map.of(6, Kind.GRAPH, 11, Kind.GRAPH));
    fields.putAll(Map.of(22, Kind.SPARSE_TENSOR, 23, Kind.SPARSE_TENSOR));
    return fields;
  }

  private ModelBytes(ModelVersion model, byte[] bytes) {
    this.model = model;
    this.bytes = bytes;
  }

  /**
   * Checks a model.
   *
   * @throws ModelException if it is refused
   */
  static void check(ModelVersion model, byte[] bytes) throws ModelException {
    new ModelBytes(model, bytes).message(Kind.MODEL, bytes.length, 0);
  }

  private void message(Kind kind, int end, int graphs) throws ModelException {
    if (graphs > MAX_GRAPHS) {
      throw refused("must have at most " + MAX_GRAPHS + " graphs inside one another");
    }
    while (at < end) {
      long key = varint(end);
      if (key >>> Integer.SIZE != 0) {
        // Protocol Buffers would leave the rest away, and see another field than we do.
        throw notOnnx("no field begins before byte " + at);
      }
      int field = (int) (key >>> 3);
      int type = (int) (key & 7);
      if (kind == Kind.TENSOR) {
        refuseOtherFiles(field, type, end);
      }
      switch (type) {
        case 0 -> varint(end);
        case 1 -> skip(Long.BYTES, end);
        case 2 -> {
          int from = skip(varint(end), end);
          Kind inner = FIELDS.get(kind).get(field);
          if (inner == Kind.FUNCTION) {
            throw refused("must be without functions of its own, has one: inline them");
          }
          if (inner != null) {
            int innerEnd = at;
            at = from;
            message(inner, innerEnd, inner == Kind.GRAPH ? graphs + 1 : graphs);
          }
        }
        case 5 -> skip(Integer.BYTES, end);
        // Groups, which no version of the format has.
        default -> throw notOnnx("no field begins before byte " + at);
      }
    }
  }

  /** Weights may be said to be in the model itself, by the number 0. */
  private void refuseOtherFiles(int field, int type, int end) throws ModelException {
    int before = at;
    if (field == EXTERNAL_DATA || field == DATA_LOCATION && (type != 0 || varint(end) != 0)) {
      throw refused(
          "must hold all of its weights, has some in another file: export it with external_data=False");
    }
    at = before;
  }

  /** Gives where it was. */
  private int skip(long length, int end) throws ModelException {
    if (length < 0 || length > end - at) {
      throw notOnnx("what begins before byte " + at + " is cut off");
    }
    int from = at;
    at += (int) length;
    return from;
  }

  private long varint(int end) throws ModelException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at >= end) {
        throw notOnnx("what begins before byte " + at + " is cut off");
      }
      byte next = bytes[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw notOnnx("no number ends at byte " + at);
  }

  private ModelException notOnnx(String reason) {
    return refused("is not a model that ONNX Runtime can run: " + reason);
  }

  private ModelException refused(String reason) {
    return new ModelException(model, reason);
  }
}
