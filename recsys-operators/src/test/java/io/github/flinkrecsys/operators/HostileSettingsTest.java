/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators;

import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.HostileSettings;
import io.github.flinkrecsys.operators.factorization.FlushSettings;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hostile settings of operators: made, or refused in one line that names the setting. */
class HostileSettingsTest {
  private static final ModelSettings MODEL = ModelSettings.builder("m").build();
  private static final List<Record> GOOD =
      List.of(
          MODEL,
          MODEL.replica(),
          new FlushSettings(64, Duration.ofMillis(100)),
          ServingSettings.onRequest(RankingConfig.builder().build()));

  @Test
  void settingsAreMadeOrRefused() {
    Fuzz.run(
        "settings of operators",
        3_000,
        random -> HostileSettings.call(GOOD, random),
        HostileSettings::accepts);
  }
}
