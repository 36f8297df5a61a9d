/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.event.UserProfile;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypesTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        Attributes.class,
        Features.class,
        Interaction.class,
        ItemMetadata.class,
        RecommendationRequest.class,
        UserProfile.class,
        DeadLetter.class
      })
  void recordsNeverFallBackToKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void deadLettersAreBounded() {
    DeadLetter letter = DeadLetter.of("parse", "r".repeat(600), "x".repeat(5000), 7);
    assertThat(letter.reason()).hasSize(512);
    assertThat(letter.record()).hasSize(4096);
    assertThat(letter.timestampMillis()).isEqualTo(7);
    assertThat(DeadLetter.of("parse", "r", null, -1))
        .isEqualTo(new DeadLetter("parse", "r", "null", -1));
  }

  @Test
  void deadLettersOfUnprintableRecordsNameTheirClass() {
    Object unprintable =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException();
          }
        };
    assertThat(DeadLetter.of("parse", "r", unprintable, -1).record())
        .contains(unprintable.getClass().getName());
  }
}
