/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.model.ModelLimits;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import io.github.flinkrecsys.inference.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of sequence models that take the last item of a session. */
final class SequenceFiles {
  private static final String ITEMS = "a\nb\nc\nd\n";

  private final Path folder;

  SequenceFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes a model of the items a, b, c, d that gives these scores after a, and else d. */
  SequenceModelChange afterA(long version, float a, float b, float c, float d) throws IOException {
    return write(version, ITEMS, 0, 0, 0, 0, a, b, c, d, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 9);
  }

  /** Writes a model whose table has no row for a: its run fails. */
  SequenceModelChange failingAfterA(long version) throws IOException {
    return write(version, "d\nb\nc\na\n", 0, 0, 0, 0, 0, 9, 0, 0, 9, 0, 0, 0, 0, 9, 0, 0);
  }

  /** Writes a model by its table, of which row 0 is the padding's. */
  SequenceModelChange write(long version, String items, float... table) throws IOException {
    int width = (int) items.lines().count();
    Path model = TestModels.sumOfRows(1, width, table).write(folder.resolve(version + ".onnx"));
    Path names = Files.writeString(folder.resolve(version + ".txt"), items);
    return SequenceModelChange.shadow(version, model.toString(), names.toString());
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  static SequenceModelChange serve(SequenceModelChange of) {
    return SequenceModelChange.serve(of.version(), of.path(), of.vocabularyPath());
  }

  static SequenceModelChange split(SequenceModelChange of, double share) {
    return SequenceModelChange.split(of.version(), of.path(), of.vocabularyPath(), share);
  }

  static SequenceModelChange shadow(SequenceModelChange of) {
    return SequenceModelChange.shadow(of.version(), of.path(), of.vocabularyPath());
  }

  /** Makes the config of a source of few candidates that starts with a version. */
  static SequenceModelConfig config(SequenceModelChange initial, int candidates) {
    return new SequenceModelConfig(
        SequenceModelConfig.NAME,
        new ModelVersion(initial.version(), initial.path()),
        initial.vocabularyPath(),
        "items",
        "scores",
        1,
        candidates,
        ModelLimits.DEFAULT,
        3);
  }
}
