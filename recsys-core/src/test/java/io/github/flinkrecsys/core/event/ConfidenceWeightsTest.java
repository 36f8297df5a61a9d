/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidenceWeightsTest {
  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e-50, 1e39})
  void aWeightThatAFloatCannotHoldIsRefused(double weight) {
    assertThatThrownBy(() -> new ConfidenceWeights(Map.of("view", weight)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "confidence of view must be 0, or positive and finite as a float, got " + weight);
  }

  @Test
  void nullsAreRefused() {
    assertThatThrownBy(() -> new ConfidenceWeights(null))
        .hasMessage("byType must be given, got null");
    assertThatThrownBy(() -> new ConfidenceWeights(Collections.singletonMap("view", null)))
        .hasMessage("confidence of view must be 0, or positive and finite as a float, got null");
    assertThatThrownBy(() -> new ConfidenceWeights(Collections.singletonMap(null, 1.0)))
        .hasMessage("type must be given, got null");
  }

  @Test
  void zeroAndSmallWeightsAreTaken() {
    ConfidenceWeights weights = new ConfidenceWeights(Map.of("view", 0.0, "click", 1e-30));
    assertThat(weights.of("view")).isZero();
    assertThat(weights.of("click")).isPositive();
    assertThat(weights.of("cart")).isEqualTo(1f);
    assertThat(weights.smallest()).isEqualTo(1e-30);
  }
}
