/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class KernelLookupTest {
  private static final Callable<VectorKernels> ABSENT =
      () -> {
        throw new NoClassDefFoundError("jdk/incubator/vector/FloatVector");
      };

  private final Recorder log = new Recorder();

  @Test
  void autoTakesVectorWhereItLoadsAndSaysSo() {
    VectorKernels kernels = KernelLookup.choose("auto", KernelLookup::loadVector, log);
    assertThat(kernels.getClass().getSimpleName()).isEqualTo("IncubatorVectorKernels");
    assertThat(log.lines).containsExactly("INFO Vector kernels are used");
  }

  @Test
  void autoFallsBackToScalarAndSaysWhyAndWhatToAdd() {
    assertThat(KernelLookup.choose("auto", ABSENT, log)).isInstanceOf(ScalarKernels.class);
    assertThat(log.lines)
        .containsExactly(
            "INFO Scalar kernels are used: vector kernels do not load"
                + " (java.lang.NoClassDefFoundError: jdk/incubator/vector/FloatVector);"
                + " to have them, start the JVM with --add-modules jdk.incubator.vector");
  }

  @Test
  void autoNamesTheRootOfAWrappedFailure() {
    KernelLookup.choose(
        "auto",
        () -> {
          throw new ReflectiveOperationException(new UnsupportedOperationException("64 bits"));
        },
        log);
    assertThat(log.lines)
        .singleElement()
        .asString()
        .contains("(java.lang.UnsupportedOperationException: 64 bits)");
  }

  @Test
  void scalarDoesNotTryVector() {
    Callable<VectorKernels> untouchable =
        () -> {
          throw new AssertionError("vector was tried");
        };
    assertThat(KernelLookup.choose("scalar", untouchable, log)).isInstanceOf(ScalarKernels.class);
    assertThat(log.lines).containsExactly("INFO Scalar kernels are used, as recsys.kernels says");
  }

  @Test
  void vectorThrowsWhereItDoesNotLoad() {
    assertThatThrownBy(() -> KernelLookup.choose("vector", ABSENT, log))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "recsys.kernels must be auto or scalar where vector kernels do not load"
                + " (java.lang.NoClassDefFoundError: jdk/incubator/vector/FloatVector), got vector;"
                + " to have them, start the JVM with --add-modules jdk.incubator.vector")
        .hasCauseInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void otherSettingsThrow() {
    assertThatThrownBy(() -> KernelLookup.choose("x", KernelLookup::loadVector, log))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("recsys.kernels must be one of auto, scalar, vector, got x");
  }

  private static final class Recorder implements System.Logger {
    final List<String> lines = new ArrayList<>();

    @Override
    public String getName() {
      return "recorder";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(level + " " + message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... params) {
      lines.add(level + " " + (params == null ? format : MessageFormat.format(format, params)));
    }
  }
}
