/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.util.List;

/**
 * An input or output of a model: a tensor of the shape {@code [batch, width]}; where the width is
 * 1, {@code [batch]} is as good.
 *
 * @param name of the tensor in the model
 * @param type of its elements
 * @param width elements per row, at least 1
 * @param columns names of the elements in their order, or empty if they are not checked; else the
 *     model's metadata must hold the same names, joined by commas, under {@value #COLUMNS_KEY} and
 *     the name of the tensor
 */
public record TensorSpec(String name, ElementType type, int width, List<String> columns)
    implements Serializable {
  /** Key of the model's metadata under which the names of columns are, before the tensor's name. */
  public static final String COLUMNS_KEY = "recsys.columns.";

  static final int MAX_WIDTH = 10_000_000;

  /**
   * Checks.
   *
   * @param name see the record
   * @param type see the record
   * @param width see the record
   * @param columns see the record; copied
   * @throws IllegalArgumentException if one is missing or out of range, or if there are columns and
   *     their number is not the width
   */
  public TensorSpec {
    Checks.notBlank("name", name);
    Checks.notNull("type", type);
    Checks.between("width", width, 1, MAX_WIDTH);
    columns = Checks.copyOf("columns", columns);
    Checks.require(
        columns.isEmpty() || columns.size() == width,
        "columns of " + name,
        "none or one per element (" + width + ")",
        columns.size());
  }

  /**
   * Makes a tensor of numbers.
   *
   * @param name of the tensor
   * @param width elements per row
   * @return the tensor
   */
  public static TensorSpec floats(String name, int width) {
    return new TensorSpec(name, ElementType.FLOAT, width, List.of());
  }

  /**
   * Makes a tensor of named features, as {@code FeatureConfig.names()} gives them.
   *
   * @param name of the tensor
   * @param columns names of the features, which the model's metadata must repeat
   * @return the tensor
   */
  public static TensorSpec features(String name, String... columns) {
    return new TensorSpec(name, ElementType.FLOAT, columns.length, List.of(columns));
  }

  /**
   * Makes a tensor of indices.
   *
   * @param name of the tensor
   * @param width elements per row
   * @return the tensor
   */
  public static TensorSpec indices(String name, int width) {
    return new TensorSpec(name, ElementType.INT64, width, List.of());
  }
}
