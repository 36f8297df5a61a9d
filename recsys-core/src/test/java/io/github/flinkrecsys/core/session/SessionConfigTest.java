/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionConfigTest {
  @Test
  void hasDefaults() {
    assertThat(SessionConfig.defaults())
        .isEqualTo(new SessionConfig(Duration.ofMinutes(30), 1000, Duration.ofHours(24), 10_000));
  }

  @Test
  void builderSetsEveryValue() {
    SessionConfig config =
        SessionConfig.builder()
            .gap(Duration.ofMillis(1))
            .maxLength(2)
            .maxDuration(Duration.ofMillis(3))
            .maxBufferedEvents(4)
            .build();
    assertThat(config)
        .isEqualTo(new SessionConfig(Duration.ofMillis(1), 2, Duration.ofMillis(3), 4));
  }

  @Test
  void refusesWhatMakesNoSession() {
    assertRefused(
        SessionConfig.builder().gap(Duration.ZERO),
        "gap must be between 1 ms and 35 million years, got PT0S");
    assertRefused(SessionConfig.builder().gap(null), "gap must be a duration, got null");
    assertRefused(SessionConfig.builder().maxLength(0), "maxLength must be positive, got 0");
    assertRefused(
        SessionConfig.builder().maxDuration(Duration.ofMillis(-1)),
        "maxDuration must be between 1 ms and 35 million years, got PT-0.001S");
    assertRefused(
        SessionConfig.builder().maxBufferedEvents(999),
        "maxBufferedEvents must be at least maxLength (1000), got 999");
  }

  private static void assertRefused(SessionConfig.Builder builder, String message) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
  }
}
