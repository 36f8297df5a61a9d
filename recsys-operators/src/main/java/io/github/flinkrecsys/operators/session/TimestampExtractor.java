/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.session;

import java.io.Serializable;

/**
 * Reads the time of an event. It travels with the job, so it must not hold what cannot be
 * serialized.
 *
 * @param <E> type of the event
 */
@FunctionalInterface
public interface TimestampExtractor<E> extends Serializable {
  /**
   * Reads an event's time.
   *
   * @param event to read
   * @return milliseconds since 1970; a negative value, like any exception, says that the event
   *     cannot be used
   */
  long timestampMillis(E event);
}
