/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.inference.model.ElementType;
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelLimits;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.OnnxModel;
import io.github.flinkrecsys.inference.model.RowBatch;
import io.github.flinkrecsys.inference.model.TensorSpec;
import io.github.flinkrecsys.inference.testing.OnnxGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What does a model cost? Rows scored per second and microseconds per run by rows of a run, bytes
 * of resident memory per loaded model, and, in a job, latency and lists per second without a model,
 * with one list a run and with batches.
 *
 * <p>The feature model takes 32 features through layers of 64 and 32 to a score. Usage: {@code onnx
 * [MODEL N LENGTH]}: path of a sequence model, how many items it knows, and how many it takes.
 */
final class OnnxBenchmark {
  static final int FEATURES = 32;
  static final ModelContract CONTRACT =
      ModelContract.of(TensorSpec.floats("score", 1), TensorSpec.floats("features", FEATURES));

  private static final int[] ROWS = {1, 10, 50, 500};
  private static final long WARM_UP_NANOS = 500_000_000L;
  private static final long RUN_NANOS = 2_000_000_000L;
  private static final int COPIES = 100;

  private OnnxBenchmark() {}

  static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("onnx-benchmark");
    Path file = featureModel().write(folder.resolve("features.onnx"));
    try {
      measure("feature model", file, CONTRACT, ROWS);
      if (args.length == 3) {
        ModelContract gru =
            ModelContract.of(
                TensorSpec.floats("scores", Integer.parseInt(args[1])),
                TensorSpec.indices("items", Integer.parseInt(args[2])));
        measure("sequence model", Path.of(args[0]).toAbsolutePath(), gru, new int[] {1, 10, 50});
      }
      OnnxJobBenchmark.run(new ModelVersion(1, file.toString()));
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
  }

  private static OnnxGraph featureModel() {
    Random random = new Random(42);
    return new OnnxGraph()
        .input("features", -1, FEATURES)
        .weights("w1", weights(random, FEATURES * 64), FEATURES, 64)
        .weights("w2", weights(random, 64 * 32), 64, 32)
        .weights("w3", weights(random, 32), 32, 1)
        .node("MatMul", "s1", "features", "w1")
        .node("Relu", "h1", "s1")
        .node("MatMul", "s2", "h1", "w2")
        .node("Relu", "h2", "s2")
        .node("MatMul", "s3", "h2", "w3")
        .node("Sigmoid", "score", "s3")
        .output("score", -1, 1);
  }

  private static float[] weights(Random random, int count) {
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      weights[i] = (float) (0.2 * random.nextGaussian());
    }
    return weights;
  }

  private static void measure(String name, Path file, ModelContract contract, int[] rowsOfRun)
      throws Exception {
    List<OnnxModel> copies = new ArrayList<>();
    // The first brings what all share.
    copies.add(load(file, contract));
    long before = residentBytes();
    while (copies.size() <= COPIES) {
      copies.add(load(file, contract));
    }
    long perModel = (residentBytes() - before) / COPIES;
    copies.subList(1, copies.size()).forEach(OnnxModel::close);
    System.out.printf(
        Locale.ROOT,
        "%s: file %,d bytes, resident %,d bytes per loaded model (of %d)%n",
        name,
        Files.size(file),
        perModel,
        COPIES);
    try (OnnxModel model = copies.get(0)) {
      for (int rows : rowsOfRun) {
        run(name, model, contract, rows);
      }
    }
  }

  private static OnnxModel load(Path file, ModelContract contract) throws Exception {
    return OnnxModel.load(new ModelVersion(1, file.toString()), contract, ModelLimits.DEFAULT);
  }

  private static void run(String name, OnnxModel model, ModelContract contract, int rows)
      throws Exception {
    RowBatch batch = new RowBatch(contract);
    int width = contract.inputs().get(0).width();
    Random random = new Random(7);
    long[] nanos = new long[1 << 20];
    int runs = 0;
    long start = System.nanoTime();
    long measureFrom = start + WARM_UP_NANOS;
    long end = measureFrom + RUN_NANOS;
    for (long now = start; now < end && runs < nanos.length; now = System.nanoTime()) {
      long begin = System.nanoTime();
      batch.clear();
      for (int row = 0; row < rows; row++) {
        if (contract.inputs().get(0).type() == ElementType.FLOAT) {
          float[] values = new float[width];
          Arrays.fill(values, random.nextFloat());
          batch.add(0, values, 0);
        } else {
          long[] values = new long[width];
          Arrays.fill(values, 1 + random.nextInt(1_000));
          batch.add(0, values);
        }
      }
      model.run(batch);
      if (begin >= measureFrom) {
        nanos[runs++] = System.nanoTime() - begin;
      }
    }
    long[] sorted = Arrays.copyOf(nanos, runs);
    long sum = Arrays.stream(sorted).sum();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%s, %3d rows a run: %,12.0f rows per second, %,12.0f by the median run, p50 %,8.1f us,"
            + " p99 %,8.1f us a run%n",
        name,
        rows,
        1e9 * rows * runs / sum,
        1e9 * rows / sorted[runs / 2],
        sorted[runs / 2] / 1e3,
        sorted[(int) (0.99 * runs)] / 1e3);
  }

  private static long residentBytes() throws Exception {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IllegalStateException("VmRSS must be in /proc/self/status");
  }
}
