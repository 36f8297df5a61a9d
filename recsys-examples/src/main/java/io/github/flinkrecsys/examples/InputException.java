/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

/** The input cannot be used; the message is the one line that the user sees. */
public final class InputException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what is wrong, with the file
   */
  public InputException(String message) {
    super(message);
  }
}
