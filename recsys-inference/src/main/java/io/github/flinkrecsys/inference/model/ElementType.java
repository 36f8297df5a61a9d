/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

/** Type of a tensor's elements. */
public enum ElementType {
  /** 32-bit floating point: features, vectors, scores. */
  FLOAT(Float.BYTES),

  /** 64-bit integer: indices of items, users or categories. */
  INT64(Long.BYTES);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Tells how large an element is.
   *
   * @return bytes
   */
  public int bytes() {
    return bytes;
  }
}
