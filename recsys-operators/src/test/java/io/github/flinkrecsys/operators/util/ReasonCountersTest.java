/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class ReasonCountersTest {
  private final Map<String, Counter> registered = new HashMap<>();
  private final ReasonCounters reasons = new ReasonCounters(new Labels());

  @Test
  void labelIsWhatTheReasonIsAbout() {
    reasons.inc("userId must be a non-empty string, got \"\"");
    reasons.inc("userId must be at most 1024 characters, got 2000");
    reasons.inc("pending events of a user must be at most 5, got one more");
    reasons.inc("java.lang.NullPointerException");
    reasons.inc(" must be given");
    reasons.inc("x".repeat(65) + " must be given");
    assertThat(count("userId")).isEqualTo(2);
    assertThat(count("pending-events-of-a-user")).isEqualTo(1);
    assertThat(count("other")).isEqualTo(3);
    assertThat(registered).hasSize(3);
  }

  @Test
  void labelsAreBoundedWhateverRecordsHold() {
    for (int i = 0; i < 100; i++) {
      reasons.inc("field" + i + " must be known, got it");
    }
    reasons.inc("field1 must be known, got it");
    assertThat(registered).hasSize(ReasonCounters.MAX_REASONS);
    assertThat(count("field1")).isEqualTo(2);
    long others = 100 - (ReasonCounters.MAX_REASONS - 1);
    assertThat(count(ReasonCounters.OTHER)).isEqualTo(others);
  }

  private long count(String label) {
    return registered.get(label).getCount();
  }

  /** Remembers the counters of each label. */
  private final class Labels extends UnregisteredMetricsGroup {
    @Override
    public MetricGroup addGroup(String key, String value) {
      assertThat(key).isEqualTo("reason");
      return new UnregisteredMetricsGroup() {
        @Override
        public Counter counter(String name) {
          assertThat(name).isEqualTo("deadLettersByReason");
          Counter counter = super.counter(name);
          assertThat(registered.put(value, counter)).isNull();
          return counter;
        }
      };
    }
  }
}
