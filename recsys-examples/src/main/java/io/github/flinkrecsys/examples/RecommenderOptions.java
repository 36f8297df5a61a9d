/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

import io.github.flinkrecsys.core.util.Checks;
import picocli.CommandLine.Option;

/** Sizes of a recommender, as options of a command. */
public final class RecommenderOptions {
  @Option(
      names = "--factors",
      paramLabel = "N",
      description = "length of the vectors; default: ${DEFAULT-VALUE}")
  private int factors = 64;

  @Option(
      names = "--k",
      paramLabel = "N",
      description = "items per list; default: ${DEFAULT-VALUE}")
  private int k = 10;

  /** Makes the options, as picocli requires. */
  public RecommenderOptions() {}

  /**
   * Checks sizes of a recommender.
   *
   * @param factors length of the vectors
   * @param k items per list
   * @throws IllegalArgumentException if one is out of its range
   */
  public static void check(int factors, int k) {
    Checks.between("factors", factors, 1, 4096);
    Checks.between("k", k, 1, 1000);
  }

  /**
   * Gives the length of the vectors.
   *
   * @return what was set, not checked
   */
  public int factors() {
    return factors;
  }

  /**
   * Gives the items per list.
   *
   * @return what was set, not checked
   */
  public int k() {
    return k;
  }
}
