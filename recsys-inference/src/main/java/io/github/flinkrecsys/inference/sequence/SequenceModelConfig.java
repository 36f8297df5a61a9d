/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.inference.model.ModelLimits;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.VersionChange;
import java.io.Serializable;

/**
 * A model that tells from a session's items which come next. Its input is {@code int64 [batch,
 * length]}: the newest items, the newest last, each as its column plus 1, padded on the left with
 * 0. Its output is {@code float [batch, items]}, higher for items that are likelier; a softmax of
 * it is taken.
 *
 * @param name of the source
 * @param model which file
 * @param vocabularyPath file of one item id per line, line {@code n} being column {@code n}, from 0
 * @param input name of the input
 * @param output name of the output
 * @param length items of a session that the model takes, 1 to 10,000
 * @param candidates that are proposed, 1 to 100,000
 * @param limits what the model may take of the process
 * @param maxModels versions in use at a time, 1 to 100
 */
public record SequenceModelConfig(
    String name,
    ModelVersion model,
    String vocabularyPath,
    String input,
    String output,
    int length,
    int candidates,
    ModelLimits limits,
    int maxModels)
    implements Serializable {
  /** Name of the source, where no other is given. */
  public static final String NAME = "sequence-model";

  private static final int DEFAULT_CANDIDATES = 100;
  private static final int DEFAULT_MODELS = 4;

  /**
   * Checks.
   *
   * @param name see the record
   * @param model see the record
   * @param vocabularyPath see the record
   * @param input see the record
   * @param output see the record
   * @param length see the record
   * @param candidates see the record
   * @param limits see the record
   * @param maxModels see the record
   * @throws IllegalArgumentException if one is missing or out of range
   */
  public SequenceModelConfig {
    Checks.notBlank("name", name);
    Checks.notNull("model", model);
    String violation = VersionChange.pathViolation("vocabularyPath", vocabularyPath);
    if (violation != null) {
      throw new IllegalArgumentException(violation);
    }
    Checks.notBlank("input", input);
    Checks.notBlank("output", output);
    Checks.between("length", length, 1, 10_000);
    Checks.between("candidates", candidates, 1, 100_000);
    Checks.notNull("limits", limits);
    Checks.between("maxModels", maxModels, 1, 100);
  }

  /**
   * Makes a config of the defaults: the source {@value #NAME} of 100 candidates, by a model with
   * the input {@code items} and the output {@code scores}, of 4 versions at a time.
   *
   * @param model which file
   * @param vocabularyPath file of its items
   * @param length items of a session that it takes
   * @return config
   */
  public static SequenceModelConfig of(ModelVersion model, String vocabularyPath, int length) {
    return new SequenceModelConfig(
        NAME,
        model,
        vocabularyPath,
        "items",
        "scores",
        length,
        DEFAULT_CANDIDATES,
        ModelLimits.DEFAULT,
        DEFAULT_MODELS);
  }

  /**
   * Gives the change that lets this config's version serve.
   *
   * @return the change
   */
  public SequenceModelChange serving() {
    return SequenceModelChange.serve(model.version(), model.path(), vocabularyPath);
  }

  /** Copies this with another version of the model. */
  SequenceModelConfig with(SequenceModelChange change) {
    return new SequenceModelConfig(
        name,
        change.model(),
        change.vocabularyPath(),
        input,
        output,
        length,
        candidates,
        limits,
        maxModels);
  }
}
