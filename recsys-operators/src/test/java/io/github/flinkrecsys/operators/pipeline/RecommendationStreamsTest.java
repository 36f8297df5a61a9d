/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.operators.testing.JobSettings;
import java.time.Duration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class RecommendationStreamsTest {

  @Test
  void streamsThatCanBeAskedForOnceSaySo() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.strict());
    RecommendationStreams streams =
        Recsys.builder("shop")
            .build()
            .apply(env.fromData(Interaction.click("u", "i", 1)).uid("source"));
    streams.trending(10, Duration.ofSeconds(1));
    assertThatIllegalStateException()
        .isThrownBy(() -> streams.trending(20, Duration.ofSeconds(1)))
        .withMessage("trending must be called once, got a second call");
    streams.itemNeighbors(10);
    assertThatIllegalStateException()
        .isThrownBy(() -> streams.itemNeighbors(10))
        .withMessage("itemNeighbors must be called once, got a second call");
  }
}
