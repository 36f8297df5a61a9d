/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference;

import io.github.flinkrecsys.core.feature.FeatureConfig;
import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.HostileSettings;
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelLimits;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.TensorSpec;
import io.github.flinkrecsys.inference.ranking.BatchSettings;
import io.github.flinkrecsys.inference.ranking.CandidateFeatureConfig;
import io.github.flinkrecsys.inference.ranking.InferenceConfig;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hostile settings of models: made, or refused in one line that names the setting. */
class HostileSettingsTest {
  private static final ModelVersion MODEL = new ModelVersion(1, "/models/1.onnx");
  private static final ModelContract CONTRACT =
      ModelContract.of(TensorSpec.floats("score", 1), TensorSpec.features("features", "a", "b"));
  private static final FeatureConfig FEATURES =
      FeatureConfig.builder().count("views", Duration.ofDays(1), "view").build();
  private static final List<Record> GOOD =
      List.of(
          MODEL,
          CONTRACT,
          TensorSpec.features("features", "a", "b"),
          new TensorSpec("x".repeat(1 << 20), CONTRACT.output().type(), 10_000_000, List.of()),
          ModelLimits.DEFAULT,
          BatchSettings.DEFAULT,
          InferenceConfig.of(MODEL, CONTRACT),
          new InferenceConfig(
              MODEL,
              ModelContract.of(
                  TensorSpec.floats("score", 1),
                  TensorSpec.floats("x".repeat(1 << 20), 10_000_000)),
              ModelLimits.DEFAULT,
              BatchSettings.NONE,
              4),
          SequenceModelConfig.of(MODEL, "/models/1.items", 5),
          CandidateFeatureConfig.of(FEATURES, FEATURES));

  @Test
  void settingsAreMadeOrRefused() {
    Fuzz.run(
        "settings of models",
        3_000,
        random -> HostileSettings.call(GOOD, random),
        HostileSettings::accepts);
  }

  @Test
  void noConfigIsLeftOut() {
    HostileSettings.assertNoConfigIsLeftOut(HostileSettingsTest.class, GOOD);
  }
}
