/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.vector;

/** Reads vectors out of SQL arrays, whose elements may be null. */
final class Vectors {
  private Vectors() {}

  /** Gives the elements, or null if there is no array or an element is null. */
  static float[] unboxed(Float[] values) {
    if (values == null) {
      return null;
    }
    float[] vector = new float[values.length];
    for (int i = 0; i < vector.length; i++) {
      if (values[i] == null) {
        return null;
      }
      vector[i] = values[i];
    }
    return vector;
  }

  static boolean fit(float[] a, float[] b) {
    return a != null && b != null && a.length == b.length;
  }
}
