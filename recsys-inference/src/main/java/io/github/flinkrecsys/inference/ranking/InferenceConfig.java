/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelLimits;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.TensorSpec;
import java.io.Serializable;

/**
 * Which model a stage starts with, and how models are run.
 *
 * @param initial serves until a change names another; a job whose initial model cannot be loaded
 *     fails at its start
 * @param contract of all versions
 * @param limits of each version
 * @param batches how long records wait for others
 * @param maxModels versions in use at a time, 1 to 100; a change beyond is refused
 */
public record InferenceConfig(
    ModelVersion initial,
    ModelContract contract,
    ModelLimits limits,
    BatchSettings batches,
    int maxModels)
    implements Serializable {
  private static final int DEFAULT_MODELS = 4;

  /** Rows of an input that wait in a subtask lie outside the heap. */
  private static final long MAX_BATCH_BYTES = 256L << 20;

  /**
   * Checks.
   *
   * @param initial see the record
   * @param contract see the record
   * @param limits see the record
   * @param batches see the record
   * @param maxModels see the record
   * @throws IllegalArgumentException if one is missing or out of range
   */
  public InferenceConfig {
    Checks.notNull("initial", initial);
    Checks.notNull("contract", contract);
    Checks.notNull("limits", limits);
    Checks.notNull("batches", batches);
    Checks.between("maxModels", maxModels, 1, 100);
    for (TensorSpec input : contract.inputs()) {
      long most = Math.max(1, MAX_BATCH_BYTES / ((long) input.width() * input.type().bytes()));
      Checks.require(
          batches.maxRows() <= most,
          "maxRows for input " + input.name(),
          "at most " + most,
          batches.maxRows());
    }
  }

  /**
   * Makes a config of the defaults.
   *
   * @param initial serves until a change names another
   * @param contract of all versions
   * @return config: {@link ModelLimits#DEFAULT}, {@link BatchSettings#DEFAULT}, 4 versions at a
   *     time
   */
  public static InferenceConfig of(ModelVersion initial, ModelContract contract) {
    return new InferenceConfig(
        initial, contract, ModelLimits.DEFAULT, BatchSettings.DEFAULT, DEFAULT_MODELS);
  }

  /**
   * Copies this with other batches.
   *
   * @param value how long records wait for others
   * @return the copy
   */
  public InferenceConfig withBatches(BatchSettings value) {
    return new InferenceConfig(initial, contract, limits, value, maxModels);
  }

  /**
   * Copies this with other limits.
   *
   * @param value limits of each version
   * @return the copy
   */
  public InferenceConfig withLimits(ModelLimits value) {
    return new InferenceConfig(initial, contract, value, batches, maxModels);
  }
}
