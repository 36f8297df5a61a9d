/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.operators.factorization.ItemFactorFunction;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.ranking.TopKRankingFunction;
import io.github.flinkrecsys.operators.replica.ItemReplicaFunction;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is missing is said where the job is built, not by a task that fails later. */
class NullArgumentsTest {
  private static final ModelSettings MODEL = ModelSettings.builder("m").build();
  private static final ServingSettings SERVING =
      ServingSettings.onRequest(RankingConfig.builder().build());

  @Test
  void constructorsNameWhatIsMissing() {
    refuses("model", () -> new UserFactorFunction(null, false));
    refuses("model", () -> new ItemFactorFunction(null));
    refuses("items", () -> new ItemFactorFunction(null, 1, Duration.ofMillis(1)));
    refuses("settings", () -> new ItemReplicaFunction(null));
    refuses("model", () -> new TopKRankingFunction(null, SERVING));
    refuses("serving", () -> new TopKRankingFunction(MODEL, null));
  }

  private static void refuses(String name, ThrowingCallable construction) {
    assertThatThrownBy(construction)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(name + " must be given, got null");
  }
}
