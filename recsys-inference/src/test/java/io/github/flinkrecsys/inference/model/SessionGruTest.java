/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A real model from PyTorch gives what PyTorch gave. */
class SessionGruTest {
  private static final Path MODELS = Path.of("../../shared/models");
  private static final int ITEMS = 2933;
  private static final ModelContract CONTRACT =
      ModelContract.of(TensorSpec.floats("scores", ITEMS), TensorSpec.indices("items", 10));

  @Test
  void scoresAreThoseOfPyTorch() throws Exception {
    Path file = MODELS.resolve("session-gru.onnx");
    assumeTrue(Files.exists(file), "skipped: no ../shared/models beside the checkout");
    JsonNode golden =
        new ObjectMapper().readTree(MODELS.resolve("session-gru.golden.json").toFile());
    ModelVersion version = new ModelVersion(1, file.toString());
    try (OnnxModel model = OnnxModel.load(version, CONTRACT, ModelLimits.DEFAULT)) {
      RowBatch batch = new RowBatch(CONTRACT);
      for (JsonNode row : golden.get("items")) {
        batch.add(0, new ObjectMapper().convertValue(row, long[].class));
      }
      float[] scores = model.run(batch);
      assertThat(scores).hasSize(8 * ITEMS);
      for (int row = 0; row < 8; row++) {
        for (int n = 0; n < 20; n++) {
          int column = golden.get("top20_index").get(row).get(n).asInt();
          double expected = golden.get("top20_scores").get(row).get(n).asDouble();
          assertThat((double) scores[row * ITEMS + column])
              .as("row %d, place %d", row, n)
              .isCloseTo(expected, within(1e-4));
        }
      }
    }
  }
}
