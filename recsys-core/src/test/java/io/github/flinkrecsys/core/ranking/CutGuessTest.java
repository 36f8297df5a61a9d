/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CutGuessTest {

  @ParameterizedTest
  @EnumSource(ScoreScale.class)
  void aSourceThatWasPoorForLongIsFollowedSoonWhenItGrows(ScoreScale scale) {
    CutGuess guess = new CutGuess(scale, 10);
    for (int n = 0; n < 100_000; n++) {
      guess.learn(0);
    }
    float poor = guess.cut(1, 1);
    for (int n = 0; n < 100; n++) {
      guess.learn(1_000);
    }
    assertThat(guess.cut(1, 1)).isGreaterThan(poor).isGreaterThan(scale.lowest() + 1);
  }
}
