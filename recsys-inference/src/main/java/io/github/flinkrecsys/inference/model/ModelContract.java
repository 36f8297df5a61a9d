/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.util.List;

/**
 * What a job gives to a model and wants from it. A model is checked against it when it is loaded.
 *
 * @param inputs every input of the model, by name in any order; at least one
 * @param output the output that is read, of floats; others are left alone
 */
public record ModelContract(List<TensorSpec> inputs, TensorSpec output) implements Serializable {
  /**
   * Checks.
   *
   * @param inputs see the record; copied
   * @param output see the record
   * @throws IllegalArgumentException if one is missing, two inputs have one name, or the output is
   *     not of floats
   */
  public ModelContract {
    inputs = Checks.copyOf("inputs", inputs);
    Checks.require(!inputs.isEmpty(), "inputs", "at least one", inputs);
    long names = inputs.stream().map(TensorSpec::name).distinct().count();
    Checks.require(names == inputs.size(), "inputs", "of different names", inputs);
    Checks.notNull("output", output);
    Checks.require(
        output.type() == ElementType.FLOAT, "type of output", ElementType.FLOAT.name(), output);
  }

  /**
   * Makes a contract.
   *
   * @param output the output that is read
   * @param inputs every input of the model
   * @return the contract
   */
  public static ModelContract of(TensorSpec output, TensorSpec... inputs) {
    return new ModelContract(List.of(inputs), output);
  }
}
