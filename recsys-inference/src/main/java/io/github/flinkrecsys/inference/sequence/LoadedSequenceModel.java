/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.SharedModels;
import io.github.flinkrecsys.inference.model.TensorSpec;
import io.github.flinkrecsys.inference.model.Vocabulary;

/** A sequence model and its items, which fit each other; holds the model until it is closed. */
final class LoadedSequenceModel implements AutoCloseable {
  final SequenceModelConfig config;
  final Vocabulary vocabulary;
  final ModelContract contract;
  final SharedModels.Lease lease;

  private LoadedSequenceModel(SequenceModelConfig config, Vocabulary vocabulary)
      throws ModelException {
    this.config = config;
    this.vocabulary = vocabulary;
    this.contract =
        ModelContract.of(
            TensorSpec.floats(config.output(), vocabulary.size()),
            TensorSpec.indices(config.input(), config.length()));
    this.lease = SharedModels.open(config.model(), contract, config.limits());
  }

  static LoadedSequenceModel load(SequenceModelConfig config) throws ModelException {
    ModelVersion items = new ModelVersion(config.model().version(), config.vocabularyPath());
    return new LoadedSequenceModel(config, Vocabulary.load(items));
  }

  /** Takes a second hold on the same model, without reading a file while the first one lasts. */
  LoadedSequenceModel again() throws ModelException {
    return new LoadedSequenceModel(config, vocabulary);
  }

  long version() {
    return config.model().version();
  }

  @Override
  public void close() {
    lease.close();
  }
}
