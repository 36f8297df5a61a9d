/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

/** What is stored under a key is not what should be there; the message names the key. */
public final class MalformedValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param key with its prefix
   * @param expected what should be there
   * @param cause what is wrong
   */
  public MalformedValueException(String key, String expected, Throwable cause) {
    super("value of key " + key + " must be " + expected + ", got " + cause.getMessage(), cause);
  }
}
