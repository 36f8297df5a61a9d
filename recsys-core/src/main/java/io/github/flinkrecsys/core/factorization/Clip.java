/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

/** Clipping of errors, which bounds every gradient. */
final class Clip {
  private Clip() {}

  static float toMagnitude(float value, double magnitude) {
    return (float) Math.max(-magnitude, Math.min(magnitude, value));
  }
}
