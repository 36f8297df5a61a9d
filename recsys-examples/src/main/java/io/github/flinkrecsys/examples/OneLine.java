/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

/** Says in one line why something failed. */
final class OneLine {
  private OneLine() {}

  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return firstOf(message);
  }

  /** Gives the first line of a message, or all of one that has none. */
  static String firstOf(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
