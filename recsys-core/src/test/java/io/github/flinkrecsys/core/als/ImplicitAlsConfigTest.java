/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImplicitAlsConfigTest {

  @Test
  void refusesWhatIsOutOfRange() {
    refused(b().factors(0), "factors must be between 1 and 2048, got 0");
    refused(b().factors(2049), "factors must be between 1 and 2048, got 2049");
    refused(b().iterations(0), "iterations must be positive, got 0");
    refused(b().unobservedWeight(-1), "unobservedWeight must be non-negative, got -1.0");
    refused(b().unobservedWeight(Double.NaN), "unobservedWeight must be non-negative, got NaN");
    refused(b().popularityExponent(-1), "popularityExponent must be non-negative, got -1.0");
    refused(b().popularityExponent(2.5), "popularityExponent must be at most 2, got 2.5");
    refused(b().regularization(0), "regularization must be in (0.0, 1000.0], got 0.0");
    refused(
        b().regularizationExponent(Double.NaN),
        "regularizationExponent must be non-negative, got NaN");
    refused(
        b().initialStandardDeviation(0),
        "initialStandardDeviation must be in (0.0, 1000.0], got 0.0");
    refused(b().threads(0), "threads must be between 1 and 1024, got 0");
  }

  @Test
  void startsFromTheDefaultsThatTheBenchmarkJudged() {
    assertThat(b().threads(1).build())
        .isEqualTo(new ImplicitAlsConfig(512, 6, 0.01, 0, 0.15, 0.5, 0.1, 42, 1));
  }

  @Test
  void takesWhatIsGiven() {
    ImplicitAlsConfig config =
        b().factors(3)
            .iterations(4)
            .unobservedWeight(0.5)
            .popularityExponent(0.625)
            .regularization(0.25)
            .regularizationExponent(0.75)
            .initialStandardDeviation(0.125)
            .seed(7)
            .threads(9)
            .build();
    assertThat(config).isEqualTo(new ImplicitAlsConfig(3, 4, 0.5, 0.625, 0.25, 0.75, 0.125, 7, 9));
  }

  private static ImplicitAlsConfig.Builder b() {
    return ImplicitAlsConfig.builder();
  }

  private static void refused(ImplicitAlsConfig.Builder builder, String message) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
