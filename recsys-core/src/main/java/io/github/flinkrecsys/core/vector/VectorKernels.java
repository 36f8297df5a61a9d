/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

/** One provider of kernels. Arguments have been checked by {@link VectorOps}. */
interface VectorKernels {
  float dot(float[] a, int aFrom, float[] b, int bFrom, int length);

  void dotRows(
      float[] query,
      int queryFrom,
      float[] rows,
      int rowsFrom,
      int rowCount,
      int length,
      float[] out,
      int outFrom);
}
