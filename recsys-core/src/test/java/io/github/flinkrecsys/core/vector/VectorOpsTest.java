/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorOpsTest {
  private final float[] four = {1f, 2f, 3f, 4f};
  private final float[] eight = {1f, 1f, 1f, 1f, 2f, 2f, 2f, 2f};

  @Test
  void passesRangesOn() {
    assertThat(VectorOps.dot(four, 1, eight, 3, 3)).isEqualTo(2f + 6f + 8f);
    float[] out = {-1f, -1f, -1f};
    VectorOps.dotRows(four, 2, eight, 2, 3, 2, out, 0);
    assertThat(out).containsExactly(7f, 14f, 14f);
  }

  @ParameterizedTest
  @CsvSource({"-1,0,1", "4,0,1", "0,-1,1", "0,8,1", "0,0,5", "1,0,4", "0,6,3", "0,0,-1"})
  void dotRefusesRangesOutsideTheirArrays(int aFrom, int bFrom, int length) {
    assertThatThrownBy(() -> VectorOps.dot(four, aFrom, eight, bFrom, length))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "-1,0,1,1,0",
    "3,0,1,2,0",
    "0,-1,1,1,0",
    "0,7,1,2,0",
    "0,0,3,3,0",
    "0,0,-1,1,0",
    "0,0,1,-1,0",
    "0,0,-1,-1,0",
    "0,0,1,1,-1",
    "0,0,1,1,3",
    "0,0,4,1,0"
  })
  void dotRowsRefusesRangesOutsideTheirArrays(
      int queryFrom, int rowsFrom, int rowCount, int length, int outFrom) {
    float[] out = new float[3];
    assertThatThrownBy(
            () ->
                VectorOps.dotRows(four, queryFrom, eight, rowsFrom, rowCount, length, out, outFrom))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(out).containsOnly(0f);
  }

  @Test
  void dotRowsRefusesASizeThatOverflowsAnInt() {
    float[] large = new float[1 << 16];
    assertThatThrownBy(() -> VectorOps.dotRows(large, 0, four, 0, 1 << 16, 1 << 16, large, 0))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("4294967296");
  }

  @Test
  void refusesMoreNumbersThanThereAre() {
    int[] room = new int[5];
    double[] sums = new double[2];
    assertThat(VectorOps.selectAtLeast(four, 4, 3f, room)).isEqualTo(2);
    assertThat(VectorOps.sumFinite(four, 3, sums)).isEqualTo(3);
    assertThat(sums).containsExactly(6, 14);
    assertThatThrownBy(() -> VectorOps.selectAtLeast(four, 5, 3f, room))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> VectorOps.selectAtLeast(eight, 6, 3f, room))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> VectorOps.sumFinite(four, 5, sums))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> VectorOps.sumFinite(four, 4, new double[1]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void worksWithoutTheModuleAndSaysSoOnce() throws Exception {
    assertThat(runDot())
        .contains("exit 0", "dot 30.0")
        .containsOnlyOnce("Scalar kernels are used")
        .containsOnlyOnce("--add-modules jdk.incubator.vector");
  }

  @Test
  void saysOnceThatVectorsAreUsed() throws Exception {
    assertThat(runDot("--add-modules=jdk.incubator.vector", "-Drecsys.kernels=vector"))
        .contains("exit 0", "dot 30.0")
        .containsOnlyOnce("Vector kernels are used")
        .doesNotContain("Scalar kernels");
  }

  @Test
  void doesNotStartWithVectorForcedAndTheModuleAbsent() throws Exception {
    assertThat(runDot("-Drecsys.kernels=vector"))
        .contains("exit 1", "recsys.kernels must be auto or scalar")
        .doesNotContain("dot 30.0");
  }

  @Test
  void doesNotStartWithAnUnknownSetting() throws Exception {
    assertThat(runDot("-Drecsys.kernels=fast"))
        .contains("exit 1", "recsys.kernels must be one of auto, scalar, vector, got fast");
  }

  /** Runs {@link Dot} in a JVM of its own, as the choice is made once per JVM. */
  private static String runDot(String... jvmArgs) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvmArgs));
    command.add("-cp");
    command.add(locationOf(VectorOps.class) + File.pathSeparator + locationOf(Dot.class));
    command.add(Dot.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return output + "exit " + process.exitValue();
  }

  private static Path locationOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  static final class Dot {
    public static void main(String[] args) {
      float[] x = {1f, 2f, 3f, 4f};
      for (int i = 0; i < 3; i++) {
        System.out.println("dot " + VectorOps.dot(x, 0, x, 0, 4));
      }
    }
  }
}
