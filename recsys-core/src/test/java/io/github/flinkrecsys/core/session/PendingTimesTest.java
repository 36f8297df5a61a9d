/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PendingTimesTest {
  private final PendingTimes pending = new PendingTimes();

  @Test
  void keepsTimesSortedAndKnowsWhichEventEachBelongsTo() {
    assertThat(pending.add(30)).isEqualTo(0);
    assertThat(pending.add(10)).isEqualTo(0);
    assertThat(pending.add(20)).isEqualTo(1);
    assertThat(pending.add(Long.MAX_VALUE)).isEqualTo(3);
    assertThat(pending.times).containsExactly(10, 20, 30, Long.MAX_VALUE);
    assertThat(pending.positions).containsExactly(1, 2, 0, 3);
  }

  @Test
  void eventsOfTheSameTimeStayInTheOrderOfTheirArrival() {
    pending.add(5);
    pending.add(5);
    assertThat(pending.add(5)).isEqualTo(2);
    assertThat(pending.positions).containsExactly(0, 1, 2);
  }

  @Test
  void theRestIsRenumberedInTimeOrder() {
    pending.add(30);
    pending.add(10);
    pending.add(20);
    pending.removeFirst(1);
    assertThat(pending.times).containsExactly(20, 30);
    assertThat(pending.positions).containsExactly(0, 1);
    pending.removeFirst(2);
    assertThat(pending.size()).isZero();
    assertThat(pending.positions).isEmpty();
  }
}
