/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes small ONNX models, as the few fields of onnx.proto that they need. Version 8 of the format
 * and opset 17, where not said otherwise.
 */
public final class OnnxGraph {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final String OWN = "own";

  private final Message graph = new Message();
  private final Message metadata = new Message();
  private final List<Message> nodes = new ArrayList<>();
  private final Message functions = new Message();
  private long opset = 17;

  /** Adds an input of floats; a dimension of -1 is free. */
  public OnnxGraph input(String name, long... shape) {
    graph.message(11, valueInfo(name, FLOAT, shape));
    return this;
  }

  /** Adds an input of indices; a dimension of -1 is free. */
  public OnnxGraph indices(String name, long... shape) {
    graph.message(11, valueInfo(name, INT64, shape));
    return this;
  }

  /** Adds an output of floats; a dimension of -1 is free. */
  public OnnxGraph output(String name, long... shape) {
    graph.message(12, valueInfo(name, FLOAT, shape));
    return this;
  }

  /** Adds weights. */
  public OnnxGraph weights(String name, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putFloat(value);
    }
    return tensor(name, FLOAT, raw.array(), shape);
  }

  /** Adds indices that are part of the model. */
  public OnnxGraph constants(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      raw.putLong(value);
    }
    return tensor(name, INT64, raw.array(), values.length);
  }

  private OnnxGraph tensor(String name, int type, byte[] raw, long... shape) {
    Message tensor = new Message();
    for (long dimension : shape) {
      tensor.number(1, dimension);
    }
    graph.message(5, tensor.number(2, type).text(8, name).bytes(9, raw));
    return this;
  }

  /** Adds a step. */
  public OnnxGraph node(String type, String output, String... inputs) {
    return node(type, output, List.of(), inputs);
  }

  /** Adds a step along an axis. */
  public OnnxGraph nodeAlong(String type, int axis, String output, String... inputs) {
    return nodeWith(type, "axis", axis, output, inputs);
  }

  /** Adds a step with a whole number as its attribute. */
  public OnnxGraph nodeWith(
      String type, String attribute, int value, String output, String... inputs) {
    Message only = new Message().text(1, attribute).number(3, value).number(20, 2);
    return node(type, output, List.of(only), inputs);
  }

  /** Adds a step with graphs as its attributes, which see what this graph has given so far. */
  public OnnxGraph nodeOf(
      String type, String output, Map<String, OnnxGraph> graphs, String... inputs) {
    List<Message> attributes = new ArrayList<>();
    new TreeMap<>(graphs)
        .forEach(
            (name, inner) -> {
              Message named = new Message().append(inner.graph).text(2, name);
              attributes.add(new Message().text(1, name).message(6, named).number(20, 5));
            });
    return node(type, output, attributes, inputs);
  }

  /** Adds weights whose values are said to be in another file. */
  public OnnxGraph weightsIn(String location, String name, long... shape) {
    Message tensor = new Message();
    for (long dimension : shape) {
      tensor.number(1, dimension);
    }
    Message entry = new Message().text(1, "location").text(2, location);
    tensor.number(2, FLOAT).text(8, name).message(13, entry).number(14, 1);
    graph.message(5, tensor);
    return this;
  }

  /** Adds a function of the domain {@code own}, of {@code x} to {@code y}. */
  public OnnxGraph function(String name, OnnxGraph body) {
    Message function = new Message().text(1, name).text(4, "x").text(5, "y");
    body.nodes.forEach(node -> function.message(7, node));
    for (String domain : List.of("", OWN)) {
      function.message(9, new Message().text(1, domain).number(2, domain.isEmpty() ? opset : 1));
    }
    if (functions.toBytes().length == 0) {
      functions.message(8, new Message().text(1, OWN).number(2, 1));
    }
    functions.message(25, function.text(10, OWN));
    return this;
  }

  /** Adds a step that is a function of this model. */
  public OnnxGraph call(String function, String output, String input) {
    return add(new Message().text(1, input).text(2, output).text(4, function).text(7, OWN));
  }

  private OnnxGraph add(Message node) {
    nodes.add(node);
    graph.message(1, node);
    return this;
  }

  private OnnxGraph node(String type, String output, List<Message> attributes, String... inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, output).text(4, type);
    attributes.forEach(attribute -> node.message(5, attribute));
    return add(node);
  }

  /** Adds an entry to the metadata. */
  public OnnxGraph metadata(String key, String value) {
    metadata.message(14, new Message().text(1, key).text(2, value));
    return this;
  }

  /** Sets the version of the operators. */
  public OnnxGraph opset(long value) {
    opset = value;
    return this;
  }

  /** Gives the bytes of the model. */
  public byte[] bytes() {
    Message model = new Message().number(1, 8);
    model.message(7, new Message().append(graph).text(2, "tiny"));
    model.message(8, new Message().text(1, "").number(2, opset));
    return model.append(metadata).append(functions).toBytes();
  }

  /** Writes the model to a file. */
  public Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  private static Message valueInfo(String name, int type, long... shape) {
    Message dimensions = new Message();
    for (int d = 0; d < shape.length; d++) {
      Message dimension = new Message();
      dimensions.message(
          1, shape[d] < 0 ? dimension.text(2, "free" + d) : dimension.number(1, shape[d]));
    }
    Message tensor = new Message().number(1, type).message(2, dimensions);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** Fields of a message of Protocol Buffers. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.toBytes());
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      return write(value);
    }

    Message append(Message other) {
      return write(other.toBytes());
    }

    byte[] toBytes() {
      return out.toByteArray();
    }

    private Message write(byte[] value) {
      try {
        out.write(value);
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
