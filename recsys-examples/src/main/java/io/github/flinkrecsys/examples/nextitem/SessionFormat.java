/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.nextitem;

/** Formats of session logs, by the names that the command line takes. */
enum SessionFormat {
  /** SessionId, ItemId and Time in seconds, with tabs between. */
  sessions
}
