/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.util;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts refused records by what was wrong with them, as {@link MetricNames#DEAD_LETTERS_BY_REASON}
 * with the label {@link MetricNames#REASON}.
 *
 * <p>Reasons read {@code <name> must be <rule>, got <value>}; the label is the name, such as {@code
 * userId}. Names may come from the records, so there are at most {@value #MAX_REASONS} labels; all
 * other reasons count as {@value #OTHER}. Belongs to one subtask.
 */
public final class ReasonCounters {
  static final int MAX_REASONS = 32;
  static final String OTHER = "other";

  private static final int MAX_LENGTH = 64;
  private static final String MUST = " must ";

  private final MetricGroup group;
  private final Map<String, Counter> counters = new HashMap<>();

  /**
   * Makes the counters; that of {@value #OTHER} exists from the start.
   *
   * @param group of the operator
   */
  public ReasonCounters(MetricGroup group) {
    this.group = group;
    counterOf(OTHER);
  }

  /**
   * Counts one record.
   *
   * @param reason why it was refused
   */
  public void inc(String reason) {
    String label = label(reason);
    boolean isFull = counters.size() >= MAX_REASONS && !counters.containsKey(label);
    counterOf(isFull ? OTHER : label).inc();
  }

  private Counter counterOf(String label) {
    return counters.computeIfAbsent(
        label,
        name ->
            group.addGroup(MetricNames.REASON, name).counter(MetricNames.DEAD_LETTERS_BY_REASON));
  }

  /** Some reporters give a label's characters a meaning; letters, digits and dashes are safe. */
  private static String label(String reason) {
    int end = reason.indexOf(MUST);
    return end <= 0 || end > MAX_LENGTH
        ? OTHER
        : reason.substring(0, end).replaceAll("[^A-Za-z0-9_]+", "-");
  }
}
