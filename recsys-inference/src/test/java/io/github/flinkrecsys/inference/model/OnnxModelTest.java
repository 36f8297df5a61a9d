/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.flinkrecsys.inference.testing.OnnxGraph;
import io.github.flinkrecsys.inference.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {
  private static final ModelContract CONTRACT =
      ModelContract.of(TensorSpec.floats("score", 1), TensorSpec.floats("features", 3));

  @TempDir Path folder;

  @Test
  void givesTheScoresOfEachRowWhateverTheBatch() throws Exception {
    float[] weights = {1, -2, 0.5f};
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    try (OnnxModel model = load(TestModels.logistic(weights), CONTRACT)) {
      RowBatch batch = new RowBatch(CONTRACT);
      for (int rows : new int[] {1, 17, 3, 200, 1}) {
        batch.clear();
        double[] expected = new double[rows];
        for (int row = 0; row < rows; row++) {
          float[] values = new float[4];
          for (int i = 1; i < 4; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
          }
          batch.add(0, values, 1);
          double sum = values[1] - 2 * values[2] + 0.5 * values[3];
          expected[row] = 1 / (1 + Math.exp(-sum));
        }
        float[] scores = model.run(batch);
        assertThat(scores).as("seed %d, %d rows", seed, rows).hasSize(rows);
        for (int row = 0; row < rows; row++) {
          assertThat((double) scores[row]).as("row %d", row).isCloseTo(expected[row], within(1e-6));
        }
      }
    }
  }

  @Test
  void takesIndicesAndSeveralInputs() throws Exception {
    OnnxGraph twoInputs =
        new OnnxGraph()
            .indices("user", -1)
            .input("item", -1, 2)
            .weights("users", new float[] {0, 0, 1, 2, 3, 4}, 3, 2)
            .nodeAlong("Gather", 0, "u", "users", "user")
            .node("Mul", "both", "u", "item")
            .output("both", -1, 2);
    ModelContract contract =
        ModelContract.of(
            TensorSpec.floats("both", 2),
            TensorSpec.floats("item", 2),
            TensorSpec.indices("user", 1));
    try (OnnxModel model = load(twoInputs, contract)) {
      RowBatch batch = new RowBatch(contract);
      batch.add(0, new float[] {10, 100}, 0).add(1, new long[] {2});
      batch.add(0, new float[] {1, 1}, 0).add(1, new long[] {1});
      assertThat(model.run(batch)).containsExactly(30, 400, 1, 2);
      batch.add(0, new float[] {1, 1}, 0);
      assertThatThrownBy(() -> model.run(batch))
          .hasMessage("rows of input user must be as many as of the first (3), got 2");
    }
  }

  @Test
  void namesTheFileThatIsNotThere() {
    assertThatThrownBy(
            () -> OnnxModel.load(version(folder.resolve("gone.onnx")), CONTRACT, limits()))
        .isInstanceOf(ModelException.class)
        .hasMessage("model " + folder.resolve("gone.onnx") + " (version 3) does not exist");
    assertThatThrownBy(() -> OnnxModel.load(version(folder), CONTRACT, limits()))
        .hasMessage("model " + folder + " (version 3) must be a file, is a directory");
    assertThatThrownBy(
            () -> OnnxModel.load(new ModelVersion(1, "nowhere://x/y"), CONTRACT, limits()))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model nowhere://x/y (version 1) cannot be read: ");
  }

  @Test
  void refusesAFileThatIsTooLarge() throws Exception {
    Path file = TestModels.logistic(1, 2, 3).write(folder.resolve("model.onnx"));
    long size = Files.size(file);
    assertThatThrownBy(() -> OnnxModel.load(version(file), CONTRACT, new ModelLimits(size - 1, 1)))
        .hasMessage(
            "model %s (version 3) must have at most %d bytes, has %d", file, size - 1, size);
    OnnxModel.load(version(file), CONTRACT, new ModelLimits(size, 1)).close();
  }

  @Test
  void refusesWhatIsCutOffOrNoModel() throws Exception {
    byte[] whole = TestModels.logistic(1, 2, 3).bytes();
    for (int length : new int[] {0, 1, 20, whole.length / 2, whole.length - 1}) {
      refuses(Arrays.copyOf(whole, length), CONTRACT);
    }
    refuses("not a model, but long enough to be one".getBytes(), CONTRACT)
        .hasMessageContaining("is not a model that ONNX Runtime can run");
  }

  /** Which the runtime by itself would know by its bytes. */
  @Test
  void refusesTheRuntimesOwnFormat() throws Exception {
    Path file = folder.resolve("model.ort");
    try (SessionOptions options = new SessionOptions()) {
      options.setOptimizedModelFilePath(file.toString());
      options.addConfigEntry("session.save_model_format", "ORT");
      OnnxRuntime.environment()
          .createSession(TestModels.logistic(1, 2, 3).bytes(), options)
          .close();
    }
    refuses(Files.readAllBytes(file), CONTRACT)
        .hasMessageContaining("is not a model that ONNX Runtime can run: no field begins");
  }

  @Test
  void refusesOperatorsThatItDoesNotKnow() throws Exception {
    refuses(TestModels.logistic(1, 2, 3).opset(99).bytes(), CONTRACT)
        .hasMessageContaining("is not a model that ONNX Runtime can run")
        .hasMessageContaining("99");
    OnnxGraph unknown =
        new OnnxGraph().input("features", -1, 3).node("Nonsense", "score", "features");
    refuses(unknown.output("score", -1, 3).bytes(), CONTRACT).hasMessageContaining("Nonsense");
  }

  @Test
  void refusesOtherNamesTypesAndShapesAndSaysAllOfThem() throws Exception {
    OnnxGraph other =
        new OnnxGraph()
            .input("feature", -1, 4)
            .node("Identity", "scores", "feature")
            .output("scores", -1, 4);
    refuses(other.bytes(), CONTRACT)
        .hasMessageEndingWith(
            "(version 3) has no input features, but [feature]; has inputs that nobody gives:"
                + " [feature]; has no output score, but [scores]");
    refuses(TestModels.logistic(1, 2).bytes(), CONTRACT)
        .hasMessageEndingWith("input features must have the shape [batch, 3], has [free, 2]");
    OnnxGraph fixed =
        new OnnxGraph()
            .input("features", 1, 3)
            .weights("w", new float[3], 3, 1)
            .node("MatMul", "score", "features", "w")
            .output("score", 1, 1);
    refuses(fixed.bytes(), CONTRACT)
        .hasMessageContaining(
            "input features must leave its first dimension free, has [1, 3]: export it with a"
                + " dynamic batch size");
    OnnxGraph integers =
        new OnnxGraph()
            .indices("features", -1, 3)
            .weights("table", new float[] {1, 2, 3}, 3)
            .nodeAlong("Gather", 0, "score", "table", "features")
            .output("score", -1, 3);
    refuses(integers.bytes(), CONTRACT)
        .hasMessageContaining("input features must be of type FLOAT, is of INT64")
        .hasMessageContaining("output score must have the shape [batch, 1], has [free, 3]");
  }

  /** What the model leaves open shows on the trial. */
  @Test
  void refusesAShapeThatOnlyARunShows() throws Exception {
    OnnxGraph open =
        new OnnxGraph()
            .input("features", -1, -1)
            .node("Identity", "score", "features")
            .output("score", -1, -1);
    refuses(open.bytes(), CONTRACT)
        .hasMessageEndingWith("output score must have the shape [2, 1] on 2 rows, has [2, 3]");
    OnnxGraph oneRow =
        new OnnxGraph()
            .input("features", -1, 3)
            .constants("axes", 0, 1)
            .node("ReduceSum", "sum", "features", "axes")
            .output("sum", -1, 1);
    refuses(
            oneRow.bytes(),
            ModelContract.of(TensorSpec.floats("sum", 1), TensorSpec.floats("features", 3)))
        .hasMessageContaining("has [1, 1]");
  }

  @Test
  void refusesAModelThatMixesTheRowsOfABatch() throws Exception {
    OnnxGraph lessThanTheBatch =
        new OnnxGraph()
            .input("features", -1, 1)
            .constants("axes", 0)
            .node("ReduceSum", "sum", "features", "axes")
            .node("Sub", "score", "features", "sum")
            .output("score", -1, 1);
    refuses(
            lessThanTheBatch.bytes(),
            ModelContract.of(TensorSpec.floats("score", 1), TensorSpec.floats("features", 1)))
        .hasMessageEndingWith(
            "must give a row the same alone and beside another, gives 0.0 and -0.25 on a trial");
  }

  @Test
  void refusesAModelThatGivesNoNumbers() throws Exception {
    refuses(TestModels.linear(1, Float.NaN, 1).bytes(), CONTRACT)
        .hasMessageEndingWith("must give finite numbers, gives NaN alone on a trial");
  }

  /** Each row's score is the number of rows of its run; the sums of a trial are below 1. */
  @Test
  void aLargeBatchIsRunInPartsOfABoundedNumberOfRows() throws Exception {
    OnnxGraph counter =
        new OnnxGraph()
            .input("features", -1, 1)
            .constants("rows", 0)
            .weights("zero", new float[] {0}, 1)
            .node("ReduceSum", "sum", "features", "rows")
            .node("Floor", "count", "sum")
            .node("Mul", "zeros", "features", "zero")
            .node("Add", "score", "zeros", "count")
            .output("score", -1, 1);
    ModelContract contract =
        ModelContract.of(TensorSpec.floats("score", 1), TensorSpec.floats("features", 1));
    try (OnnxModel model = load(counter, contract)) {
      RowBatch batch = new RowBatch(contract);
      int rows = 2 * OnnxModel.MAX_RUN_ROWS + 7;
      for (int row = 0; row < rows; row++) {
        batch.add(0, new float[] {1}, 0);
      }
      float[] scores = model.run(batch);
      assertThat(scores).hasSize(rows);
      assertThat(scores[0]).isEqualTo(OnnxModel.MAX_RUN_ROWS);
      assertThat(scores[2 * OnnxModel.MAX_RUN_ROWS - 1]).isEqualTo(OnnxModel.MAX_RUN_ROWS);
      assertThat(scores[rows - 1]).isEqualTo(7);
    }
  }

  /** A petabyte is more than any process can have, whatever it is promised. */
  @Test
  void refusesASmallFileThatAsksForMoreMemoryThanThereIs() throws Exception {
    OnnxGraph huge =
        new OnnxGraph()
            .input("features", -1, 1)
            .constants("shape", 1 << 24, 1 << 24)
            .constants("both", 0, 1)
            .node("ConstantOfShape", "petabyte", "shape")
            .node("ReduceSum", "sum", "petabyte", "both")
            .node("Add", "score", "features", "sum")
            .output("score", -1, 1);
    refuses(
            huge.bytes(),
            ModelContract.of(TensorSpec.floats("score", 1), TensorSpec.floats("features", 1)))
        .hasMessageContaining("alloc");
  }

  @Test
  void comparesNamesOfColumnsWithTheMetadata() throws Exception {
    ModelContract named =
        ModelContract.of(
            TensorSpec.floats("score", 1),
            TensorSpec.features("features", "age", "clicks", "rate"));
    String key = "recsys.columns.features";
    refuses(TestModels.linear(1, 2, 3).bytes(), named)
        .hasMessageEndingWith(
            "metadata recsys.columns.features must be age,clicks,rate, is not there");
    refuses(TestModels.linear(1, 2, 3).metadata(key, "clicks,age,rate").bytes(), named)
        .hasMessageEndingWith("must be age,clicks,rate, is clicks,age,rate");
    load(TestModels.linear(1, 2, 3).metadata(key, "age,clicks,rate"), named).close();
  }

  @Test
  void checksItsSettings() {
    assertThatThrownBy(() -> new ModelLimits(0, 1))
        .hasMessage("maxFileBytes must be between 1 and 2147483639, got 0");
    assertThatThrownBy(() -> new ModelLimits(1, 0)).hasMessageStartingWith("threads must be");
    assertThatThrownBy(() -> new ModelVersion(0, "x"))
        .hasMessage("version must be positive, got 0");
    assertThatThrownBy(() -> new ModelVersion(1, " ")).hasMessageStartingWith("path must be");
    assertThatThrownBy(() -> TensorSpec.floats("x", 0)).hasMessageStartingWith("width must be");
    assertThatThrownBy(
            () ->
                ModelContract.of(
                    TensorSpec.floats("y", 1),
                    TensorSpec.floats("x", 1),
                    TensorSpec.floats("x", 2)))
        .hasMessageStartingWith("inputs must be of different names");
    assertThatThrownBy(
            () -> ModelContract.of(TensorSpec.indices("y", 1), TensorSpec.floats("x", 1)))
        .hasMessageStartingWith("type of output must be FLOAT");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refuses(
      byte[] model, ModelContract contract) throws IOException {
    Path file = Files.write(folder.resolve("model.onnx"), model);
    return assertThatThrownBy(() -> OnnxModel.load(version(file), contract, limits()))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model " + file + " (version 3) ");
  }

  private OnnxModel load(OnnxGraph graph, ModelContract contract) throws IOException {
    return OnnxModel.load(version(graph.write(folder.resolve("model.onnx"))), contract, limits());
  }

  private static ModelVersion version(Path file) {
    return new ModelVersion(3, file.toString());
  }

  private static ModelLimits limits() {
    return ModelLimits.DEFAULT;
  }
}
