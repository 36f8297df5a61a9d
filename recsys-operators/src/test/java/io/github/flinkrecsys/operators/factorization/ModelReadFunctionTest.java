/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.als.FactorModel;
import io.github.flinkrecsys.core.als.FactorModelFile;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReadFunctionTest {
  private static final ModelSettings MODEL =
      ModelSettings.builder("m")
          .factors(FactorConfig.pairwise().factors(2).build())
          .maxItems(3)
          .build();

  @TempDir private Path folder;

  @Test
  void everyRowOfAFileComesWithItsVersion() throws Exception {
    try (var reader = Harnesses.plain(new ModelReadFunction(MODEL, true), Slot.alone())) {
      reader.start();
      reader.send(file(5, 2, "a", "b").toUri().toString());
      assertThat(reader.output())
          .containsExactly(
              new ModelRow(5, 2, false, "u", new float[] {1, 1}),
              new ModelRow(5, 2, true, "a", new float[] {0, 7}),
              new ModelRow(5, 2, true, "b", new float[] {1, 7}));
    }
  }

  @Test
  void aFileThatIsRequiredAndBrokenFailsTheJobWithItsName() throws Exception {
    Path file = cut(file(5, 2, "a", "b"), 5);
    try (var reader = Harnesses.plain(new ModelReadFunction(MODEL, true), Slot.alone())) {
      reader.start();
      assertThatThrownBy(() -> reader.send(file.toString()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file + " is not a model, before byte")
          .hasMessageContaining("got the end");
      assertThat(reader.output()).isEmpty();
    }
  }

  @Test
  void ofABrokenFileNoRowIsTakenAndTheNextFileIs() throws Exception {
    try (var reader = Harnesses.plain(new ModelReadFunction(MODEL, false), Slot.alone())) {
      reader.start();
      reader.send(cut(file(5, 2, "a", "b"), 5).toString());
      reader.send(folder.resolve("missing").toString());
      reader.send(file(6, 3, "a").toString());
      reader.send(file(0, 2, "a").toString());
      reader.send(file(7, 2, "a", "b", "c", "d").toString());
      reader.send(file(8, 2).toString());
      assertThat(reader.output()).isEmpty();
      List<DeadLetter> letters = reader.sideOutput(DeadLetter.TAG);
      assertThat(letters).extracting(DeadLetter::stage).containsOnly("model-read");
      assertThat(letters.get(0).reason()).contains("is not a model, before byte");
      assertThat(letters.get(1).reason()).contains("missing");
      assertThat(letters.get(2).reason()).endsWith("factors must be 2 of the running model, got 3");
      assertThat(letters.get(3).reason()).endsWith("version must be at least 1, got 0");
      assertThat(letters.get(4).reason()).endsWith("items must be between 1 and 3, got 4");
      assertThat(letters.get(5).reason()).endsWith("items must be between 1 and 3, got 0");
      reader.send(file(9, 2, "a").toString());
      assertThat(reader.output()).hasSize(2);
    }
  }

  private Path file(long version, int factors, String... itemIds) throws IOException {
    float[] user = new float[factors];
    Arrays.fill(user, 1);
    float[][] items = new float[itemIds.length][factors];
    for (int i = 0; i < items.length; i++) {
      Arrays.fill(items[i], 7);
      items[i][0] = i;
    }
    Path file = folder.resolve("model-" + version);
    FactorModelFile.write(
        file,
        new FactorModel(
            version, factors, List.of("u"), new float[][] {user}, List.of(itemIds), items));
    return file;
  }

  private static Path cut(Path file, int bytes) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return Files.write(file, Arrays.copyOf(all, all.length - bytes));
  }
}
