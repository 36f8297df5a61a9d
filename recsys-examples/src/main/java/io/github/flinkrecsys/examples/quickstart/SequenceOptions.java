/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A sequence model that brings candidates. */
final class SequenceOptions {
  @Option(
      names = "--sequence-model",
      paramLabel = "FILE",
      description =
          "ONNX model that is a source of candidates: from int64 items [batch, length] to float"
              + " scores [batch, items]")
  private Path model;

  @Option(
      names = "--sequence-items",
      paramLabel = "FILE",
      description = "ids of its items, one a line, in the order of its scores")
  private Path items;

  @Option(
      names = "--sequence-length",
      paramLabel = "N",
      description = "items of a session that it takes; default: ${DEFAULT-VALUE}")
  private int length = 10;

  /** Gives the model, or null if none was asked for. */
  SequenceModelConfig config() {
    Checks.require(
        (model == null) == (items == null),
        "sequence-model and sequence-items",
        "given together",
        model + " and " + items);
    return model == null
        ? null
        : SequenceModelConfig.of(
            new ModelVersion(1, model.toAbsolutePath().toUri().toString()),
            items.toAbsolutePath().toUri().toString(),
            length);
  }
}
