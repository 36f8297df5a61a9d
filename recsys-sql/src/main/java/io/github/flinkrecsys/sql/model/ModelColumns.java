/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.model;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.inference.model.ElementType;
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.RowBatch;
import io.github.flinkrecsys.inference.model.TensorSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * The columns of a model in SQL. Either each input column is an input of the model of that name, or
 * all of them together are the named features of its only input.
 *
 * @param inputs the input columns in their order
 * @param features name of the only input, or null if each column is one
 * @param output the only output column, of which the model has an output
 */
record ModelColumns(List<ModelColumn> inputs, String features, ModelColumn output)
    implements Serializable {

  static ModelColumns of(ResolvedCatalogModel model, String features) {
    if (features != null) {
      Checks.notBlank("input", features);
    }
    List<ModelColumn> inputs = columns(model.getResolvedInputSchema(), model.getOptions());
    for (ModelColumn column : inputs) {
      if (features != null && column.isArray()) {
        throw new IllegalArgumentException(
            "column "
                + column.name()
                + " must be a number where option input names the only input,"
                + " got an array");
      }
    }
    return new ModelColumns(inputs, features, output(model));
  }

  private static ModelColumn output(ResolvedCatalogModel model) {
    List<Column> columns = model.getResolvedOutputSchema().getColumns();
    ModelColumn output = columns(model.getResolvedOutputSchema(), model.getOptions()).get(0);
    if (columns.size() != 1 || output.element() != LogicalTypeRoot.FLOAT) {
      throw new IllegalArgumentException(
          "output must be one column, FLOAT or ARRAY<FLOAT>, got " + text(columns));
    }
    if (!columns.get(0).getDataType().getLogicalType().isNullable()) {
      throw new IllegalArgumentException(
          "output column "
              + output.name()
              + " must be nullable, since it is NULL without a score, got NOT NULL");
    }
    return output;
  }

  private static String text(List<Column> columns) {
    return String.join(", ", columns.stream().map(Column::asSummaryString).toList());
  }

  private static List<ModelColumn> columns(ResolvedSchema schema, Map<String, String> options) {
    List<ModelColumn> columns = new ArrayList<>();
    for (Column column : schema.getColumns()) {
      columns.add(ModelColumn.of(column.getName(), column.getDataType().getLogicalType(), options));
    }
    return columns;
  }

  /** Names the options that say how many elements arrays have. */
  String[] widthOptions() {
    return Stream.concat(inputs.stream(), Stream.of(output))
        .filter(ModelColumn::isArray)
        .map(column -> column.name() + OnnxModelProviderFactory.WIDTH)
        .toArray(String[]::new);
  }

  /** Gives what the model must take and give. */
  ModelContract contract() {
    TensorSpec given = TensorSpec.floats(output.name(), output.width());
    if (features != null) {
      String[] names = inputs.stream().map(ModelColumn::name).toArray(String[]::new);
      return ModelContract.of(given, TensorSpec.features(features, names));
    }
    return ModelContract.of(
        given, inputs.stream().map(ModelColumns::tensor).toArray(TensorSpec[]::new));
  }

  private static TensorSpec tensor(ModelColumn column) {
    return column.elementType() == ElementType.FLOAT
        ? TensorSpec.floats(column.name(), column.width())
        : TensorSpec.indices(column.name(), column.width());
  }

  /** Tells why a row of the input columns cannot be scored, or null if it can. */
  String violation(RowData row) {
    for (int position = 0; position < inputs.size(); position++) {
      String violation = inputs.get(position).violation(row, position);
      if (violation != null) {
        return violation;
      }
    }
    return null;
  }

  /** Makes a row without a violation the only one of a batch. */
  void fill(RowData row, RowBatch batch) {
    batch.clear();
    if (features != null) {
      float[] values = new float[inputs.size()];
      for (int position = 0; position < values.length; position++) {
        inputs.get(position).copy(row, position, values, position);
      }
      batch.add(0, values, 0);
      return;
    }
    for (int position = 0; position < inputs.size(); position++) {
      ModelColumn column = inputs.get(position);
      if (column.elementType() == ElementType.FLOAT) {
        float[] values = new float[column.width()];
        column.copy(row, position, values, 0);
        batch.add(position, values, 0);
      } else {
        batch.add(position, column.indices(row, position));
      }
    }
  }
}
