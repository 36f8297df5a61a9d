/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  @Test
  void isAPlainPojo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(DeadLetter.class);
    assertThat(DeadLetter.TAG.getId()).isEqualTo("recsys-dead-letters");
  }

  @Test
  void longRecordsAreCut() {
    String fits = "x".repeat(DeadLetter.MAX_RECORD_LENGTH);
    assertThat(DeadLetter.of("stage", "reason", fits, 1).record()).isEqualTo(fits);
    assertThat(DeadLetter.of("stage", "reason", fits + "y", 1).record()).isEqualTo(fits);
  }

  @Test
  void anyRecordHasText() {
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("broken");
          }
        };
    assertThat(DeadLetter.of("stage", "reason", null, 1).record()).isEqualTo("null");
    assertThat(DeadLetter.of("stage", "reason", broken, 1).record())
        .isEqualTo(
            broken.getClass().getName()
                + " whose text failed with java.lang.IllegalStateException");
  }
}
