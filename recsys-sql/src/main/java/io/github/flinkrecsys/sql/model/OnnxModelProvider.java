/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.model;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.inference.model.ModelLimits;
import io.github.flinkrecsys.inference.model.ModelVersion;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.functions.PredictFunction;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.ml.PredictRuntimeProvider;

/** Gives the function that runs a model, of which each subtask has a copy. */
record OnnxModelProvider(ModelVersion version, ModelColumns columns, ModelLimits limits)
    implements PredictRuntimeProvider {
  static OnnxModelProvider of(ModelColumns columns, ReadableConfig options) {
    ModelVersion version =
        new ModelVersion(
            options.get(OnnxModelProviderFactory.VERSION),
            options.get(OnnxModelProviderFactory.PATH));
    long maxBytes = options.get(OnnxModelProviderFactory.MAX_FILE_SIZE).getBytes();
    // By the name of the option, which ModelLimits does not know.
    Checks.require(
        maxBytes >= 1 && maxBytes <= Integer.MAX_VALUE - 8,
        "max-file-size",
        "at least 1 b and less than 2 gb",
        maxBytes + " b");
    ModelLimits limits = new ModelLimits(maxBytes, options.get(OnnxModelProviderFactory.THREADS));
    // What the columns come to must be valid here, and not first in the job.
    columns.contract();
    return new OnnxModelProvider(version, columns, limits);
  }

  @Override
  public PredictFunction createPredictFunction(Context context) {
    return new OnnxPredictFunction(version, columns, limits);
  }

  @Override
  public ModelProvider copy() {
    return this;
  }
}
