/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class RefusedCountersTest {
  private final Map<String, Counter> counters = new TreeMap<>();

  @Test
  void aMessageCountsOnceByStageAndOnceByReason() {
    RefusedCounters refused = new RefusedCounters(new Group(""));
    refused.count(letter("parse", "document must be UTF-8, got bytes"));
    refused.count(letter("validate", "userId must be a non-empty string, got nothing"));
    refused.count(letter("validate", "message must have a value, got null"));
    assertThat(counters)
        .allSatisfy(
            (name, counter) ->
                assertThat(counter.getCount())
                    .as(name)
                    .isEqualTo(
                        switch (name) {
                          case "invalidRecords" -> 2;
                          case "reason.other.deadLettersByReason" -> 0;
                          default -> 1;
                        }))
        .containsOnlyKeys(
            "malformedRecords",
            "invalidRecords",
            "reason.other.deadLettersByReason",
            "reason.document.deadLettersByReason",
            "reason.userId.deadLettersByReason",
            "reason.message.deadLettersByReason");
  }

  private static KafkaDeadLetter letter(String stage, String reason) {
    return new KafkaDeadLetter("clicks", 3, 42, stage, reason, null, -1);
  }

  private final class Group extends UnregisteredMetricsGroup {
    private final String prefix;

    private Group(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Counter counter(String name) {
      Counter counter = super.counter(name);
      counters.put(prefix + name, counter);
      return counter;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Group(prefix + key + "." + value + ".");
    }
  }
}
