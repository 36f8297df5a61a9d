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
import io.github.flinkrecsys.core.util.Hashes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real model from PyTorch gives what PyTorch gave. */
class SessionGruTest {
  private static final Path MODELS = Path.of("../../shared/models");
  private static final int ITEMS = 2933;
  private static final ModelContract CONTRACT =
      ModelContract.of(TensorSpec.floats("scores", ITEMS), TensorSpec.indices("items", 10));

  @Test
  void scoresAreThoseOfPyTorch() throws Exception {
    Path file = MODELS.resolve("session-gru.onnx");
    assumeTrue(Files.exists(file), "SKIPPED: no model at ../shared/models/session-gru.onnx");
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

  /** PyTorch's own figures of the model: HR@20 0.6148, MRR@20 0.3333 on 10,152 predictions. */
  @ParameterizedTest
  @CsvSource({"10, 0.6148, 0.3333", "5, 0.6148, 0.3330"})
  void predictsTheNextItemsOfRealSessionsAsPyTorchDoes(int lastItems, double hitRate, double mrr)
      throws Exception {
    Path model = MODELS.resolve("session-gru.onnx");
    Path data = MODELS.resolve("../data/rsc15-100k/test.tsv");
    assumeTrue(
        Files.exists(model) && Files.exists(data),
        "SKIPPED: no ../shared/models and ../shared/data beside the checkout");
    Vocabulary items =
        Vocabulary.load(new ModelVersion(1, MODELS.resolve("session-gru.items.txt").toString()));
    Map<String, List<String[]>> sessions = new LinkedHashMap<>();
    for (String line : Files.readAllLines(data).stream().skip(1).toList()) {
      String[] click = line.split("\t");
      sessions.computeIfAbsent(click[0], id -> new ArrayList<>()).add(click);
    }
    int predictions = 0;
    int hits = 0;
    double reciprocalRanks = 0;
    ModelVersion version = new ModelVersion(1, model.toString());
    try (OnnxModel gru = OnnxModel.load(version, CONTRACT, ModelLimits.DEFAULT)) {
      for (List<String[]> session : sessions.values()) {
        session.sort(Comparator.comparingDouble(click -> Double.parseDouble(click[2])));
        int[] columns =
            session.stream()
                .mapToInt(click -> items.column(Hashes.hash(click[1])))
                .filter(column -> column >= 0)
                .toArray();
        RowBatch batch = new RowBatch(CONTRACT);
        for (int next = 1; next < columns.length; next++) {
          long[] row = new long[10];
          for (int back = 1; back <= Math.min(lastItems, next); back++) {
            row[10 - back] = columns[next - back] + 1;
          }
          batch.add(0, row);
        }
        float[] scores = batch.rows() == 0 ? new float[0] : gru.run(batch);
        for (int n = 0; n < batch.rows(); n++) {
          int rank = 1;
          for (int column = 0; column < ITEMS; column++) {
            rank += scores[n * ITEMS + column] > scores[n * ITEMS + columns[n + 1]] ? 1 : 0;
          }
          predictions++;
          hits += rank <= 20 ? 1 : 0;
          reciprocalRanks += rank <= 20 ? 1.0 / rank : 0;
        }
      }
    }
    assertThat(predictions).isEqualTo(10_152);
    assertThat((double) hits / predictions).isCloseTo(hitRate, within(1e-4));
    assertThat(reciprocalRanks / predictions).isCloseTo(mrr, within(1e-4));
  }
}
