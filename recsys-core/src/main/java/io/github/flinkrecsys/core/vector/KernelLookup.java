/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

import java.lang.System.Logger.Level;

/** Chooses the provider of kernels. */
final class KernelLookup {
  static final String PROPERTY = "recsys.kernels";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String VECTOR_CLASS =
      "io.github.flinkrecsys.core.vector.IncubatorVectorKernels";
  private static final System.Logger LOG = System.getLogger(VectorOps.class.getName());

  private KernelLookup() {}

  /**
   * Chooses by the value of the system property.
   *
   * @param choice auto, scalar or vector
   * @return the provider
   * @throws IllegalArgumentException if the choice is none of these
   * @throws IllegalStateException if vector was asked for and cannot be had
   */
  static VectorKernels choose(String choice) {
    return switch (choice) {
      case "scalar" -> scalar("asked for by " + PROPERTY);
      case "vector" -> vector();
      case "auto" -> auto();
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " must be one of auto, scalar, vector, got " + choice);
    };
  }

  private static VectorKernels auto() {
    try {
      return vector();
    } catch (IllegalStateException e) {
      return scalar(e.getMessage());
    }
  }

  private static VectorKernels scalar(String reason) {
    LOG.log(Level.INFO, "vector kernels: scalar ({0})", reason);
    return new ScalarKernels();
  }

  private static VectorKernels vector() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      throw new IllegalStateException(
          "module " + MODULE + " must be present, add --add-modules " + MODULE);
    }
    try {
      // By name: classes that name the module do not load without it.
      VectorKernels kernels =
          (VectorKernels) Class.forName(VECTOR_CLASS).getDeclaredConstructor().newInstance();
      LOG.log(Level.INFO, "vector kernels: {0}", kernels);
      return kernels;
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException("vector kernels must load, got " + e, e);
    }
  }
}
