/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

import io.github.flinkrecsys.core.util.Hashes;

/** Which block an id belongs to. */
final class Blocks {
  private Blocks() {}

  /** From the id alone, so that nobody has to be asked. */
  static int of(String id, int blocks) {
    return Hashes.below(Hashes.hash(id), blocks);
  }
}
