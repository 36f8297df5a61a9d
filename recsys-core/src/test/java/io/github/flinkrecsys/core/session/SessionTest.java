/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionTest {
  @Test
  void sessionsAreEqualByContent() {
    Session<String> session = new Session<>("u", 1, 2, new String[] {"a", "b"});
    assertThat(session)
        .isEqualTo(new Session<>("u", 1, 2, new String[] {"a", "b"}))
        .hasSameHashCodeAs(new Session<>("u", 1, 2, new String[] {"a", "b"}))
        .isNotEqualTo(new Session<>("v", 1, 2, new String[] {"a", "b"}))
        .isNotEqualTo(new Session<>("u", 0, 2, new String[] {"a", "b"}))
        .isNotEqualTo(new Session<>("u", 1, 3, new String[] {"a", "b"}))
        .isNotEqualTo(new Session<>("u", 1, 2, new String[] {"b", "a"}))
        .isNotEqualTo("u")
        .hasToString("Session[userId=u, startMillis=1, endMillis=2, events=[a, b]]");
  }
}
