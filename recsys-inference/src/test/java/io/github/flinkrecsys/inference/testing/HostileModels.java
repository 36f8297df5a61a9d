/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.testing;

import io.github.flinkrecsys.fuzz.Mutator;
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes hostile models of good ones. Half of them have bits flipped or an end cut off. In the
 * others, fields at any depth are left out, repeated, exchanged or given hostile values, and the
 * lengths around them are right, so that what reads the graph sees them and not only what reads
 * Protocol Buffers.
 */
public final class HostileModels {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final int MAX_DEPTH = 40;
  private static final int MAX_LENGTH = 4 << 20;

  private static final long[] NUMBERS = {
    -1,
    0,
    1,
    2,
    3,
    4,
    7,
    8,
    10,
    13,
    16,
    17,
    21,
    22,
    100,
    255,
    65_537,
    1L << 20,
    Integer.MAX_VALUE,
    1L << 31,
    1L << 32,
    1L << 40,
    1L << 61,
    1L << 62,
    Integer.MIN_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE
  };

  /** Names of operators and of what operators and tensors are said to be in. */
  private static final List<String> WORDS =
      List.of(
          "then_branch",
          "else_branch",
          "body",
          "Add",
          "ArgMax",
          "AveragePool",
          "BatchNormalization",
          "Cast",
          "Compress",
          "Concat",
          "Constant",
          "ConstantOfShape",
          "Conv",
          "ConvTranspose",
          "CumSum",
          "DepthToSpace",
          "DequantizeLinear",
          "Dropout",
          "Einsum",
          "Expand",
          "Flatten",
          "GRU",
          "Gather",
          "GatherElements",
          "GatherND",
          "Gemm",
          "Identity",
          "If",
          "LSTM",
          "LayerNormalization",
          "Loop",
          "LpPool",
          "MatMul",
          "MaxPool",
          "MaxUnpool",
          "NonMaxSuppression",
          "NonZero",
          "OneHot",
          "Pad",
          "QuantizeLinear",
          "RNN",
          "Range",
          "ReduceSum",
          "Relu",
          "Reshape",
          "Resize",
          "RoiAlign",
          "Scan",
          "ScatterElements",
          "ScatterND",
          "SequenceAt",
          "SequenceInsert",
          "Shape",
          "Size",
          "Slice",
          "Softmax",
          "SpaceToDepth",
          "Split",
          "SplitToSequence",
          "Squeeze",
          "StringNormalizer",
          "TfIdfVectorizer",
          "Tile",
          "TopK",
          "Transpose",
          "Unique",
          "Unsqueeze",
          "Upsample",
          "Where",
          "TreeEnsembleRegressor",
          "LabelEncoder",
          "Attention",
          "EmbedLayerNormalization",
          "SkipLayerNormalization",
          "ai.onnx.ml",
          "com.microsoft",
          "ai.onnx.training",
          "axis",
          "features",
          "score",
          "w",
          "sum",
          "items",
          "table",
          "scores",
          "",
          "\u0000",
          "../../../../../../etc/passwd",
          "/dev/zero",
          "/proc/self/mem",
          "*/_ORT_MEM_ADDR_/*");

  /** A model to be changed, and the contract that it fits. */
  public record Seed(byte[] model, ModelContract contract) {}

  /** Good ones: weights, indices, and graphs inside one another. */
  public static List<Seed> seeds() {
    ModelContract scores =
        ModelContract.of(TensorSpec.floats("score", 3), TensorSpec.floats("features", 3));
    OnnxGraph branches =
        new OnnxGraph()
            .input("features", -1, 3)
            .constants("all", 0, 1)
            .weights("zero", new float[] {0}, 1)
            .nodeWith("ReduceSum", "keepdims", 0, "sum", "features", "all")
            .node("Greater", "positives", "sum", "zero")
            .node("Squeeze", "positive", "positives")
            .nodeOf(
                "If",
                "score",
                Map.of("then_branch", branch("Relu"), "else_branch", branch("Abs")),
                "positive")
            .output("score", -1, 3);
    return List.of(
        new Seed(
            TestModels.logistic(1, -2, 0.5f).metadata("recsys.columns.features", "a,b,c").bytes(),
            ModelContract.of(
                TensorSpec.floats("score", 1), TensorSpec.features("features", "a", "b", "c"))),
        new Seed(
            TestModels.sumOfRows(3, 3, 0, 0, 0, 1, 2, 3, 4, 5, 6).bytes(),
            ModelContract.of(TensorSpec.floats("scores", 3), TensorSpec.indices("items", 3))),
        new Seed(
            TestModels.scale(3, 2).bytes(),
            ModelContract.of(TensorSpec.floats("vector", 3), TensorSpec.floats("features", 3))),
        new Seed(branches.bytes(), scores));
  }

  private static OnnxGraph branch(String type) {
    return new OnnxGraph().node(type, "of" + type, "features").output("of" + type, -1, 3);
  }

  /** A field of a message, with a number or with bytes. */
  private record Field(int number, int type, long value, byte[] bytes) {}

  private HostileModels() {}

  /** Changes a model. */
  public static byte[] changed(byte[] model, Random random) {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return model;
    }
    if (kind < 8) {
      return Mutator.changed(model, random);
    }
    byte[] changed = model;
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      byte[] next = message(changed, random, 0);
      changed = next == null || next.length > MAX_LENGTH ? changed : next;
    }
    return kind == 8 ? Mutator.changed(changed, random) : changed;
  }

  /** Changes one field of a message; null if it is none. */
  private static byte[] message(byte[] message, Random random, int depth) {
    List<Field> fields = fields(message);
    if (fields == null || fields.isEmpty()) {
      return null;
    }
    int at = random.nextInt(fields.size());
    Field field = fields.get(at);
    if (field.type == BYTES && depth < MAX_DEPTH && random.nextInt(8) > 0) {
      byte[] inner = message(field.bytes, random, depth + 1);
      if (inner != null) {
        fields.set(at, new Field(field.number, BYTES, 0, inner));
        return encoded(fields);
      }
    }
    switch (random.nextInt(12)) {
      case 0 -> fields.remove(at);
      case 1 -> fields.add(at, field);
      case 2 -> fields.addAll(at, Collections.nCopies(1 + random.nextInt(300), field));
      case 3 ->
          fields.add(at, new Field(1 + random.nextInt(26), field.type, field.value, field.bytes));
      case 4 ->
          fields.set(at, new Field(1 + random.nextInt(26), field.type, field.value, field.bytes));
      case 5 -> fields.add(at, external(random));
      case 6 -> fields.add(at, new Field(14, VARINT, 1, null));
      case 7 -> Collections.swap(fields, at, random.nextInt(fields.size()));
      case 8 -> fields.set(at, nested(field, random));
      default -> fields.set(at, hostile(field, random));
    }
    return encoded(fields);
  }

  private static Field hostile(Field field, Random random) {
    if (field.type != BYTES) {
      long value =
          random.nextInt(3) > 0
              ? NUMBERS[random.nextInt(NUMBERS.length)]
              : field.value + random.nextInt(5) - 2;
      return new Field(field.number, field.type, value, null);
    }
    byte[] bytes =
        switch (random.nextInt(4)) {
          case 0 -> Mutator.changed(field.bytes, random);
          case 1 -> new byte[random.nextInt(64)];
          default -> text(WORDS.get(random.nextInt(WORDS.size())));
        };
    return new Field(field.number, BYTES, 0, bytes);
  }

  /** A message in itself, again and again: attributes with graphs, types of types. */
  private static Field nested(Field field, Random random) {
    if (field.type != BYTES) {
      return new Field(field.number, field.type, NUMBERS[random.nextInt(NUMBERS.length)], null);
    }
    byte[] bytes = field.bytes;
    int[] path = random.nextBoolean() ? new int[] {1, 5, 6} : new int[] {1 + random.nextInt(25)};
    for (int n = random.nextInt(random.nextInt(20) == 0 ? 3_000 : 60); n > 0; n--) {
      bytes = encoded(List.of(new Field(path[n % path.length], BYTES, 0, bytes)));
    }
    return new Field(field.number, BYTES, 0, bytes);
  }

  private static Field external(Random random) {
    String key = List.of("location", "offset", "length", "checksum").get(random.nextInt(4));
    byte[] entry =
        encoded(
            List.of(
                new Field(1, BYTES, 0, text(random.nextInt(3) > 0 ? "location" : key)),
                new Field(2, BYTES, 0, text(WORDS.get(WORDS.size() - 1 - random.nextInt(5))))));
    return new Field(13, BYTES, 0, entry);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Field> fields(byte[] message) {
    List<Field> fields = new ArrayList<>();
    int[] at = {0};
    while (at[0] < message.length) {
      long key = varint(message, at);
      int type = (int) (key & 7);
      long number = key >>> 3;
      if (number < 1 || number > 1_000) {
        return null;
      }
      if (type == VARINT) {
        fields.add(new Field((int) number, type, varint(message, at), null));
      } else if (type == FIXED32 || type == FIXED64) {
        int length = type == FIXED32 ? 4 : 8;
        long value = 0;
        for (int n = 0; n < length && at[0] < message.length; n++) {
          value |= (message[at[0]++] & 0xffL) << 8 * n;
        }
        fields.add(new Field((int) number, type, value, null));
      } else if (type == BYTES) {
        long length = varint(message, at);
        if (length < 0 || length > message.length - at[0]) {
          return null;
        }
        byte[] bytes = new byte[(int) length];
        System.arraycopy(message, at[0], bytes, 0, bytes.length);
        at[0] += bytes.length;
        fields.add(new Field((int) number, type, 0, bytes));
      } else {
        return null;
      }
    }
    return fields;
  }

  private static long varint(byte[] bytes, int[] at) {
    long value = 0;
    for (int shift = 0; shift < 64 && at[0] < bytes.length; shift += 7) {
      byte next = bytes[at[0]++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    return value;
  }

  private static byte[] encoded(List<Field> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Field field : fields) {
      write(out, (long) field.number << 3 | field.type);
      if (field.type == BYTES) {
        write(out, field.bytes.length);
        out.writeBytes(field.bytes);
      } else if (field.type == VARINT) {
        write(out, field.value);
      } else {
        for (int n = 0; n < (field.type == FIXED32 ? 4 : 8); n++) {
          out.write((int) (field.value >>> 8 * n));
        }
      }
    }
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
