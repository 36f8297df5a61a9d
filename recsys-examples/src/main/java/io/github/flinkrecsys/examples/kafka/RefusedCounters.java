/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts refused messages in metrics of an operator, named as those of all others: what a
 * deserializer counts has one more group in its name, which no dashboard looks for.
 */
final class RefusedCounters {
  private final Counter malformed;
  private final Counter invalid;
  private final ReasonCounters reasons;

  RefusedCounters(MetricGroup operator) {
    malformed = operator.counter(MetricNames.MALFORMED_RECORDS);
    invalid = operator.counter(MetricNames.INVALID_RECORDS);
    reasons = new ReasonCounters(operator);
  }

  void count(KafkaDeadLetter letter) {
    (letter.stage().equals(JsonMessages.PARSE) ? malformed : invalid).inc();
    reasons.inc(letter.reason());
  }
}
