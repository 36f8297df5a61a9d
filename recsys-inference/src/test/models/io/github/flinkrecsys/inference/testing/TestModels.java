/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.testing;

import java.util.Arrays;

/** Models whose outputs can be told without them. */
public final class TestModels {
  private TestModels() {}

  /** Scores a row of features by the sigmoid of a weighted sum. */
  public static OnnxGraph logistic(float... weights) {
    return new OnnxGraph()
        .input("features", -1, weights.length)
        .weights("w", weights, weights.length, 1)
        .node("MatMul", "sum", "features", "w")
        .node("Sigmoid", "score", "sum")
        .output("score", -1, 1);
  }

  /** Scores a row of features by a weighted sum. */
  public static OnnxGraph linear(float... weights) {
    return new OnnxGraph()
        .input("features", -1, weights.length)
        .weights("w", weights, weights.length, 1)
        .node("MatMul", "score", "features", "w")
        .output("score", -1, 1);
  }

  /** Scores by the logarithm of a weighted sum: not a number where the sum is negative. */
  public static OnnxGraph logarithm(float... weights) {
    return new OnnxGraph()
        .input("features", -1, weights.length)
        .weights("w", weights, weights.length, 1)
        .node("MatMul", "sum", "features", "w")
        .node("Log", "score", "sum")
        .output("score", -1, 1);
  }

  /**
   * A sequence model: adds up a row of the table for each index, and gives the sums. Row 0 is that
   * of the padding.
   */
  public static OnnxGraph sumOfRows(int length, int width, float... table) {
    return new OnnxGraph()
        .indices("items", -1, length)
        .weights("table", table, table.length / width, width)
        .constants("axis", 1)
        .nodeAlong("Gather", 0, "rows", "table", "items")
        .node("ReduceSum", "sums", "rows", "axis")
        .constants("flat", -1, width)
        .node("Reshape", "scores", "sums", "flat")
        .output("scores", -1, width);
  }

  /** Multiplies every feature, as an encoder. */
  public static OnnxGraph scale(int width, float factor) {
    float[] diagonal = new float[width];
    Arrays.fill(diagonal, factor);
    return new OnnxGraph()
        .input("features", -1, width)
        .weights("d", diagonal, width)
        .node("Mul", "vector", "features", "d")
        .output("vector", -1, width);
  }
}
