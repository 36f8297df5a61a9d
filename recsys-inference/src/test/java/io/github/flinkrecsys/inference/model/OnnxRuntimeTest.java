/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.inference.testing.TestModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeTest {
  /** Near what Linux allows one argument; a class path of a task manager has some thousands. */
  private static final int LONG_ARGUMENT = 120_000;

  @TempDir Path folder;

  /** Fails with ONNX Runtime 1.29.0 when it is started on a stack of the usual size. */
  @Test
  void startsInAProcessWithALongCommandLine() throws Exception {
    Path file = TestModels.linear(1, 2).write(folder.resolve("linear.onnx"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlong=" + "x".repeat(LONG_ARGUMENT),
                "-cp",
                System.getProperty("java.class.path"),
                Loads.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(output + "exit " + process.exitValue()).contains("loaded 1").endsWith("exit 0");
  }

  static final class Loads {
    public static void main(String[] args) throws Exception {
      ModelContract contract =
          ModelContract.of(TensorSpec.floats("score", 1), TensorSpec.floats("features", 2));
      try (OnnxModel model =
          OnnxModel.load(new ModelVersion(1, args[0]), contract, ModelLimits.DEFAULT)) {
        System.out.println("loaded " + model.version().version());
      }
    }
  }
}
