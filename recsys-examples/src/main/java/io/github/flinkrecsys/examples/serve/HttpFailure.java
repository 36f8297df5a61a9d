/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

/** A request that is not served, and why; the message is for the client. */
public final class HttpFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Makes a failure.
   *
   * @param status HTTP status, 400 to 599
   * @param message one line
   */
  public HttpFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  /**
   * Gives the status.
   *
   * @return HTTP status
   */
  public int status() {
    return status;
  }
}
