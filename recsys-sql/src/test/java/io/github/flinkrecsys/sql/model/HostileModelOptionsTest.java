/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.inference.model.ModelLimits;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.testing.TestModels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile options and columns of {@code CREATE MODEL}, and hostile rows to predict. */
class HostileModelOptionsTest {
  private static final List<String> KEYS =
      List.of("path", "version", "input", "max-file-size", "threads", "f.width", "score.width");
  private static final List<String> VALUES =
      List.of(
          "/models/1.onnx",
          "",
          " ",
          "0",
          "-1",
          "1",
          "2",
          "3",
          "256",
          "10000001",
          "2147483648",
          "1e3",
          "9223372036854775808",
          "1 b",
          "2 gb",
          "99999999999 tb",
          "mb",
          "features",
          "\n",
          "\u0000",
          "\uD800",
          "${x}",
          "x".repeat(1 << 20));
  private static final List<DataType> TYPES =
      List.of(
          DataTypes.FLOAT(),
          DataTypes.FLOAT(),
          DataTypes.BIGINT(),
          DataTypes.STRING(),
          DataTypes.FLOAT().notNull(),
          DataTypes.ARRAY(DataTypes.FLOAT()),
          DataTypes.ARRAY(DataTypes.ARRAY(DataTypes.FLOAT())),
          DataTypes.NULL(),
          DataTypes.ROW(DataTypes.FIELD("x".repeat(1 << 16), DataTypes.INT())));

  @TempDir private Path folder;

  private record Input(Map<String, String> options, DataType input, DataType output) {
    @Override
    public String toString() {
      String text = options + " " + input + " " + output;
      return text.substring(0, Math.min(text.length(), 500));
    }
  }

  @Test
  void options() {
    Fuzz.run(
        "options of a model in SQL",
        600,
        random -> {
          Map<String, String> options = new HashMap<>(Map.of("path", "/models/1.onnx"));
          for (int n = random.nextInt(4); n > 0; n--) {
            options.put(
                KEYS.get(random.nextInt(KEYS.size())), VALUES.get(random.nextInt(VALUES.size())));
          }
          return new Input(options, type(random), type(random));
        },
        HostileModelOptionsTest::accepts);
  }

  private static DataType type(Random random) {
    return TYPES.get(random.nextInt(3) > 0 ? 0 : random.nextInt(TYPES.size()));
  }

  private static boolean accepts(Input input) {
    ResolvedSchema given = ResolvedSchema.of(Column.physical("f", input.input));
    ResolvedSchema wanted = ResolvedSchema.of(Column.physical("score", input.output));
    Map<String, String> options = new HashMap<>(input.options);
    options.put("provider", OnnxModelProviderFactory.IDENTIFIER);
    CatalogModel model =
        CatalogModel.of(
            Schema.newBuilder().fromResolvedSchema(given).build(),
            Schema.newBuilder().fromResolvedSchema(wanted).build(),
            options,
            null);
    try {
      new OnnxModelProviderFactory()
          .createModelProvider(
              new FactoryUtil.DefaultModelProviderContext(
                  ObjectIdentifier.of("a", "b", "c"),
                  ResolvedCatalogModel.of(model, given, wanted),
                  new Configuration(),
                  HostileModelOptionsTest.class.getClassLoader(),
                  true));
      return true;
    } catch (ValidationException e) {
      // Ours, or those with which Flink itself refuses a key or a value that it cannot parse.
      assertThat(e.getMessage())
          .matches(
              "(?s)recsys-onnx: .* must .*"
                  + "|Unsupported options found for 'recsys-onnx'\\..*"
                  + "|Invalid value for option '(version|max-file-size|threads)'\\.")
          .hasSizeLessThan(700);
      return false;
    }
  }

  @Test
  void rows() throws Exception {
    OnnxPredictFunction function =
        new OnnxPredictFunction(
            new ModelVersion(1, TestModels.linear(1, 2, 3).write(folder.resolve("m")).toString()),
            new ModelColumns(
                List.of(new ModelColumn("features", true, LogicalTypeRoot.FLOAT, 3)),
                null,
                new ModelColumn("score", false, LogicalTypeRoot.FLOAT, 1)),
            ModelLimits.DEFAULT);
    function.open(
        new FunctionContext(null) {
          @Override
          public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
          }
        });
    Fuzz.run(
        "rows of ML_PREDICT",
        2_000,
        random -> GenericRowData.of(features(random)),
        row -> {
          List<RowData> scored = List.copyOf(function.predict(row));
          assertThat(scored).hasSize(1);
          boolean isScored = !scored.get(0).isNullAt(0);
          assertThat(!isScored || Float.isFinite(scored.get(0).getFloat(0))).isTrue();
          return isScored;
        });
    function.close();
  }

  private static GenericArrayData features(Random random) {
    Float[] hostile = {null, Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, -0f};
    int[] lengths = {0, 1, 2, 4, 100_000};
    int length = random.nextInt(4) > 0 ? 3 : lengths[random.nextInt(lengths.length)];
    Float[] values = new Float[length];
    for (int n = 0; n < length; n++) {
      values[n] = random.nextInt(6) > 0 ? (Float) 1f : hostile[random.nextInt(hostile.length)];
    }
    return random.nextInt(20) == 0 ? null : new GenericArrayData((Object[]) values);
  }
}
