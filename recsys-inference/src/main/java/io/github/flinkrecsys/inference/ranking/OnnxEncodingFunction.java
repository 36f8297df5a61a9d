/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.inference.model.ElementType;
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.RowBatch;
import io.github.flinkrecsys.operators.event.DeadLetter;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Encodes feature vectors of users or items by a model with one input: the towers of a two-tower
 * model, for example. What cannot be encoded goes to {@link DeadLetter#TAG}.
 */
public final class OnnxEncodingFunction implements ModelFunction<FeatureVector, EncodedVector> {
  private static final long serialVersionUID = 1L;
  private static final String STAGE = "onnx-encoding";
  private static final String[] NO_NAMES = {};

  private final long featuresVersion;

  /**
   * Makes the function.
   *
   * @param featuresVersion {@code FeatureConfig.version()} of the features that the model was
   *     trained on; vectors of others are dead letters
   */
  public OnnxEncodingFunction(long featuresVersion) {
    this.featuresVersion = featuresVersion;
  }

  @Override
  public void check(ModelContract contract) {
    Checks.require(
        contract.inputs().size() == 1 && contract.inputs().get(0).type() == ElementType.FLOAT,
        "inputs of an encoding model",
        "one, of floats",
        contract.inputs());
  }

  @Override
  public TypeInformation<EncodedVector> outputType() {
    return TypeInformation.of(EncodedVector.class);
  }

  @Override
  public String key(FeatureVector input) {
    return input.key();
  }

  @Override
  public long timestampMillis(FeatureVector input) {
    return input.timestampMillis();
  }

  @Override
  public String violation(FeatureVector input, ModelContract contract) {
    if (input.key() == null || input.values() == null) {
      return "features must be given with their key, got " + input;
    }
    if (input.version() != featuresVersion) {
      return "version must be " + featuresVersion + ", got " + input.version();
    }
    int width = contract.inputs().get(0).width();
    return input.values().length == width
        ? null
        : "values must be of " + width + " features, got " + input.values().length;
  }

  @Override
  public int rows(FeatureVector input) {
    return 1;
  }

  @Override
  public void addRows(FeatureVector input, ModelContract contract, RowBatch batch) {
    batch.add(0, input.values(), 0);
  }

  @Override
  public String[] rowNames(FeatureVector input) {
    return NO_NAMES;
  }

  @Override
  public void emit(
      FeatureVector input, long modelVersion, float[] values, Output<EncodedVector> out) {
    out.collect(new EncodedVector(input.key(), input.timestampMillis(), modelVersion, values));
  }

  @Override
  public void fallBack(FeatureVector input, String reason, Output<EncodedVector> out) {
    out.side(DeadLetter.TAG, DeadLetter.of(STAGE, reason, input, input.timestampMillis()));
  }
}
