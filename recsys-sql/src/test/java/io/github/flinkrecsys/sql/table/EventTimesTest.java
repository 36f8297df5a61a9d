/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTimesTest {
  private static final long LATEST = Long.MAX_VALUE - 1;

  @Test
  void sumsStopShortOfTheEndOfTime() {
    assertThat(EventTimes.plus(3, 4)).isEqualTo(7);
    assertThat(EventTimes.plus(LATEST - 4, 4)).isEqualTo(LATEST);
    assertThat(EventTimes.plus(LATEST - 3, 4)).isEqualTo(LATEST);
    assertThat(EventTimes.plus(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(LATEST);
  }

  @Test
  void intervalsBeginAtTheBeginningOfTime() {
    assertThat(EventTimes.endOfInterval(0, 10)).isEqualTo(9);
    assertThat(EventTimes.endOfInterval(9, 10)).isEqualTo(9);
    assertThat(EventTimes.endOfInterval(10, 10)).isEqualTo(19);
    assertThat(EventTimes.endOfInterval(7, 1)).isEqualTo(7);
    assertThat(EventTimes.endOfInterval(Long.MAX_VALUE, 60_000)).isEqualTo(LATEST);
  }
}
