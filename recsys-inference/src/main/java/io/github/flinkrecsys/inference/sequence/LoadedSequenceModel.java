/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.ModelHold;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.SharedModels;
import io.github.flinkrecsys.inference.model.TensorSpec;
import io.github.flinkrecsys.inference.model.Vocabulary;

/** A sequence model and its items, which fit each other; holds the model until it is closed. */
final class LoadedSequenceModel implements ModelHold {
  final SequenceModelConfig config;
  final Vocabulary vocabulary;
  final SharedModels.Lease lease;

  private LoadedSequenceModel(
      SequenceModelConfig config, Vocabulary vocabulary, SharedModels.Lease lease) {
    this.config = config;
    this.vocabulary = vocabulary;
    this.lease = lease;
  }

  static LoadedSequenceModel load(SequenceModelConfig config) throws ModelException {
    ModelVersion items = new ModelVersion(config.model().version(), config.vocabularyPath());
    Vocabulary vocabulary = Vocabulary.load(items);
    ModelContract contract =
        ModelContract.of(
            TensorSpec.floats(config.output(), vocabulary.size()),
            TensorSpec.indices(config.input(), config.length()));
    return new LoadedSequenceModel(
        config, vocabulary, SharedModels.open(config.model(), contract, config.limits()));
  }

  /**
   * Takes a second hold on the same model, without reading a file; null if nobody holds it any
   * more. May be called by any thread.
   */
  LoadedSequenceModel again() {
    SharedModels.Lease second = lease.again();
    return second == null ? null : new LoadedSequenceModel(config, vocabulary, second);
  }

  long version() {
    return config.model().version();
  }

  @Override
  public void close() {
    lease.close();
  }
}
