/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

/** Keeps a model in memory until it is closed. */
public interface ModelHold extends AutoCloseable {
  /** Lets go of the model; a second call does nothing. */
  @Override
  void close();
}
