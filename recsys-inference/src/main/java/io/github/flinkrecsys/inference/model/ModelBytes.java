/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Walks the Protocol Buffers of a model before the runtime does, along all that may hold weights or
 * nodes, and refuses what native code should not see: weights in other files of the machine, what
 * is cut off, graphs nested so deep that the runtime's time doubles with each, and functions that
 * come to far more nodes than the file has. Takes time by the size of the file, no copies, and the
 * stack of {@value #MAX_DEPTH} levels.
 *
 * <p>Numbers of fields: <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto
 * </a>.
 */
final class ModelBytes {
  /** As Protocol Buffers bounds it by default. */
  private static final int MAX_DEPTH = 100;

  /** The main one counts. ONNX Runtime 1.28 takes seconds at 17, and minutes at 21. */
  static final int MAX_GRAPHS = 9;

  private static final int MAX_NAME_BYTES = 1_000;
  private static final int EXTERNAL_DATA = 13;
  private static final int DATA_LOCATION = 14;

  /** Messages that lead to weights and nodes; of some the fields of name, domain and overload. */
  private enum Kind {
    MODEL,
    TRAINING,
    FUNCTION(1, 10, 13),
    GRAPH,
    NODE(4, 7, 8),
    ATTRIBUTE,
    SPARSE_TENSOR,
    TENSOR;

    private final int[] name;

    Kind(int... name) {
      this.name = name.length == 0 ? new int[3] : name;
    }
  }

  private static final Map<Kind, Map<Integer, Kind>> FIELDS =
      Map.of(
          Kind.MODEL, Map.of(7, Kind.GRAPH, 20, Kind.TRAINING, 25, Kind.FUNCTION),
          Kind.TRAINING, Map.of(1, Kind.GRAPH, 2, Kind.GRAPH),
          Kind.FUNCTION, Map.of(7, Kind.NODE, 11, Kind.ATTRIBUTE),
          Kind.GRAPH, Map.of(1, Kind.NODE, 5, Kind.TENSOR, 15, Kind.SPARSE_TENSOR),
          Kind.NODE, Map.of(5, Kind.ATTRIBUTE),
          Kind.ATTRIBUTE, ofAttributes(),
          Kind.SPARSE_TENSOR, Map.of(1, Kind.TENSOR, 2, Kind.TENSOR),
          Kind.TENSOR, Map.of());

  private final ModelVersion model;
  private final byte[] bytes;
  private final InlinedNodes nodes = new InlinedNodes();
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
    ModelBytes file = new ModelBytes(model, bytes);
    InlinedNodes.Body main = new InlinedNodes.Body();
    file.message(Kind.MODEL, bytes.length, 0, 0, main);
    if (file.nodes.inlined(main) > InlinedNodes.MAX_NODES) {
      throw file.refused(
          "must come to at most " + InlinedNodes.MAX_NODES + " nodes by its functions");
    }
  }

  private void message(Kind kind, int end, int depth, int graphs, InlinedNodes.Body body)
      throws ModelException {
    if (depth > MAX_DEPTH || graphs > MAX_GRAPHS) {
      throw refused("must have at most " + MAX_GRAPHS + " graphs inside one another");
    }
    String[] name = {"", "", ""};
    while (at < end) {
      long key = varint(end);
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
          if (inner == null) {
            keepName(kind, field, from, name);
          } else {
            int innerEnd = at;
            at = from;
            InlinedNodes.Body of = inner == Kind.FUNCTION ? new InlinedNodes.Body() : body;
            message(inner, innerEnd, depth + 1, inner == Kind.GRAPH ? graphs + 1 : graphs, of);
          }
        }
        case 5 -> skip(Integer.BYTES, end);
        // Groups, which no version of the format has.
        default -> throw notOnnx("no field begins before byte " + at);
      }
    }
    count(kind, name, body);
  }

  /** Weights may be said to be in the model itself, by the number 0. */
  private void refuseOtherFiles(int field, int type, int end) throws ModelException {
    int before = at;
    if (field == EXTERNAL_DATA || field == DATA_LOCATION && (type != 0 || varint(end) != 0)) {
      throw refused("must hold all of its weights, has some in another file");
    }
    at = before;
  }

  private void keepName(Kind kind, int field, int from, String[] name) throws ModelException {
    for (int part = 0; part < name.length; part++) {
      if (field == kind.name[part]) {
        if (at - from > MAX_NAME_BYTES) {
          throw refused("must name operators by at most " + MAX_NAME_BYTES + " bytes");
        }
        name[part] = new String(bytes, from, at - from, StandardCharsets.UTF_8);
      }
    }
  }

  private void count(Kind kind, String[] name, InlinedNodes.Body body) throws ModelException {
    if (kind != Kind.NODE && kind != Kind.FUNCTION) {
      return;
    }
    // Two names of one domain.
    name[1] = name[1].equals("ai.onnx") ? "" : name[1];
    String whole = String.join("\0", name);
    if (kind == Kind.FUNCTION ? !nodes.add(whole, body) : !nodes.call(body, whole)) {
      throw refused(
          "must name at most "
              + InlinedNodes.MAX_NAMES
              + " operators and functions, each function once");
    }
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
