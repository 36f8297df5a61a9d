/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.als;

import io.github.flinkrecsys.core.als.ImplicitAlsConfig;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Hyperparameters; one that is not given keeps the library's default. */
final class AlsOptions {
  @Option(names = "--factors", paramLabel = "N", description = "length of the vectors")
  private Integer factors;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "sweeps over all users and then all items")
  private Integer iterations;

  @Option(
      names = "--regularization",
      paramLabel = "X",
      description = "weight of the vectors' squared lengths")
  private Double regularization;

  @Option(
      names = "--regularization-exponent",
      paramLabel = "X",
      description = "how it grows with frequency: 0 not at all, 1 in proportion")
  private Double regularizationExponent;

  @Option(
      names = "--unobserved-weight",
      paramLabel = "X",
      description = "of pairs that were not seen, where one that was seen has 1 more")
  private Double unobservedWeight;

  @Option(
      names = "--popularity-exponent",
      paramLabel = "X",
      description = "how the unobserved weight grows with an item's users: 0 not at all")
  private Double popularityExponent;

  @Option(
      names = "--initial-deviation",
      paramLabel = "X",
      description = "of the initial vectors, times the square root of their length")
  private Double initialDeviation;

  @Option(names = "--seed", paramLabel = "N", description = "of the initial vectors")
  private Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "to train on; default: one per processor. They do not change the model")
  private Integer threads;

  ImplicitAlsConfig config() {
    ImplicitAlsConfig.Builder builder = ImplicitAlsConfig.builder();
    ifGiven(factors, builder::factors);
    ifGiven(iterations, builder::iterations);
    ifGiven(regularization, builder::regularization);
    ifGiven(regularizationExponent, builder::regularizationExponent);
    ifGiven(unobservedWeight, builder::unobservedWeight);
    ifGiven(popularityExponent, builder::popularityExponent);
    ifGiven(initialDeviation, builder::initialStandardDeviation);
    ifGiven(seed, builder::seed);
    ifGiven(threads, builder::threads);
    return builder.build();
  }

  private static <T> void ifGiven(T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }
}
