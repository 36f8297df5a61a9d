/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

/** Sizes on the heap of a 64-bit JVM with compressed references (the rule below 32 GiB). */
final class HeapBytes {
  private static final int ARRAY_HEADER = 16;
  private static final int STRING_OBJECT = 24;

  private HeapBytes() {}

  static long ofArray(int length, int bytesPerElement) {
    return ARRAY_HEADER + (((long) length * bytesPerElement + 7) & ~7L);
  }

  /** A string and its characters: one byte each if all are Latin-1, else two. */
  static long ofString(String text) {
    int bytes = 1;
    for (int i = 0, n = text.length(); i < n && bytes == 1; i++) {
      bytes = text.charAt(i) < 256 ? 1 : 2;
    }
    return STRING_OBJECT + ofArray(text.length(), bytes);
  }
}
