/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core;

import io.github.flinkrecsys.core.als.ImplicitAlsConfig;
import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.event.DelimitedConfig;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.feature.FeatureConfig;
import io.github.flinkrecsys.core.feature.ImpressionJoinConfig;
import io.github.flinkrecsys.core.feature.ProfileJoinConfig;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.ListPolicy;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.HostileSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hostile settings: every config is made, or refused in one line that names the setting. */
class HostileSettingsTest {
  private static final List<Record> GOOD =
      List.of(
          DelimitedConfig.csv(),
          FactorConfig.pairwise().build(),
          FactorConfig.positive().build(),
          FactorConfig.rating().build(),
          new ReplicaConfig(16, 0.1, 42, 1_000),
          RankingConfig.builder().build(),
          ListPolicy.NONE,
          BlendConfig.builder().build(),
          CatalogConfig.builder().build(),
          EvaluationConfig.of(10, Duration.ofHours(1)),
          FeatureConfig.builder().count("views", Duration.ofDays(1), "view").build(),
          ImpressionJoinConfig.builder().build(),
          ProfileJoinConfig.builder().build(),
          ImplicitAlsConfig.builder().build(),
          SessionConfig.defaults(),
          NeighborConfig.builder().build(),
          SessionIndexConfig.defaults(),
          SessionNeighborConfig.defaults(),
          GraphConfig.builder().build(),
          WalkConfig.builder().build());

  @Test
  void settingsAreMadeOrRefused() {
    Fuzz.run(
        "settings of core",
        10_000,
        random -> HostileSettings.call(GOOD, random),
        HostileSettings::accepts);
  }

  @Test
  void noConfigIsLeftOut() {
    HostileSettings.assertNoConfigIsLeftOut(HostileSettingsTest.class, GOOD);
  }
}
