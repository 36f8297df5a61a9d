/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

import io.github.flinkrecsys.core.vector.VectorOps;

/** Looks for infinities and NaN, many values at a time. */
final class Finite {
  private static final float[] ZEROS = new float[1024];

  private Finite() {}

  static boolean isFinite(float[] values, int length) {
    // Zero times a finite value is zero; times infinity or NaN it is NaN, which no sum loses.
    for (int from = 0; from < length; from += ZEROS.length) {
      int count = Math.min(ZEROS.length, length - from);
      if (VectorOps.dot(values, from, ZEROS, 0, count) != 0f) {
        return false;
      }
    }
    return true;
  }
}
