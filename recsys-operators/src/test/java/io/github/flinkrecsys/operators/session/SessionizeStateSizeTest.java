/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.operators.testing.Harnesses;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the figures that docs/operators/sessionize.md gives for the size of the state. */
class SessionizeStateSizeTest {
  private static final int USERS = 500;

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100})
  void aUserTakesABaseAndAShareForEachPendingEvent(int events) throws Exception {
    long grown = checkpointBytes(USERS, events) - checkpointBytes(1, events);
    assertThat(grown / (USERS - 1.0)).isCloseTo(68 + 62 * events, withinPercentage(5));
  }

  /** Ids of 10 characters, events of one user in the order of their times, state on the heap. */
  private static long checkpointBytes(int users, int events) throws Exception {
    var function = SessionizeFunction.forInteractions(SessionConfig.defaults());
    try (var subtask = Harnesses.keyed(function, Interaction::userId, Types.STRING).open()) {
      for (int event = 0; event < events; event++) {
        String itemId = "item%06d".formatted(event);
        for (int user = 0; user < users; user++) {
          long time = 1_700_000_000_000L + 1_000L * event;
          subtask.send(Interaction.click("user%06d".formatted(user), itemId, time));
        }
      }
      return subtask.snapshot().getStateSize();
    }
  }
}
