/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

import java.util.concurrent.Callable;

/** The choice between the kernels, apart from {@link VectorOps} so that it can be tested. */
final class KernelLookup {
  static final String PROPERTY = "recsys.kernels";

  private static final String HOW = "start the JVM with --add-modules jdk.incubator.vector";

  private KernelLookup() {}

  /**
   * Chooses the kernels, and logs which.
   *
   * @param setting one of auto, scalar, vector
   * @param vector makes the fast ones, or fails
   * @param log told what is chosen, and why where auto does without the fast ones
   * @throws IllegalArgumentException if the setting is none of the three
   * @throws IllegalStateException if the fast ones are demanded and fail
   */
  static VectorKernels choose(
      String setting, Callable<? extends VectorKernels> vector, System.Logger log) {
    return switch (setting) {
      case "scalar" -> {
        log.log(System.Logger.Level.INFO, "Scalar kernels are used, as " + PROPERTY + " says");
        yield new ScalarKernels();
      }
      case "vector" -> {
        try {
          yield logged(vector.call(), log);
        } catch (Exception | LinkageError e) {
          throw new IllegalStateException(
              PROPERTY
                  + " must be auto or scalar where vector kernels do not load ("
                  + reason(e)
                  + "), got vector; to have them, "
                  + HOW,
              e);
        }
      }
      case "auto" -> {
        try {
          yield logged(vector.call(), log);
        } catch (Exception | LinkageError e) {
          log.log(
              System.Logger.Level.INFO,
              "Scalar kernels are used: vector kernels do not load ("
                  + reason(e)
                  + "); to have them, "
                  + HOW);
          yield new ScalarKernels();
        }
      }
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " must be one of auto, scalar, vector, got " + setting);
    };
  }

  private static VectorKernels logged(VectorKernels vector, System.Logger log) {
    log.log(System.Logger.Level.INFO, "Vector kernels are used");
    return vector;
  }

  /**
   * Makes the fast kernels.
   *
   * @throws LinkageError if the JVM runs without the module
   * @throws ReflectiveOperationException if it has no vectors that suit
   */
  static VectorKernels loadVector() throws ReflectiveOperationException {
    // By name, so that nothing else in the library links to the incubating module.
    return Class.forName(KernelLookup.class.getPackageName() + ".IncubatorVectorKernels")
        .asSubclass(VectorKernels.class)
        .getDeclaredConstructor()
        .newInstance();
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }
}
