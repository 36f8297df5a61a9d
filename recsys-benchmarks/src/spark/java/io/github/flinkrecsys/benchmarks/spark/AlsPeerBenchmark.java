/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks.spark;

import io.github.flinkrecsys.core.als.AllItemsRanking;
import io.github.flinkrecsys.core.als.FactorModel;
import io.github.flinkrecsys.core.als.ImplicitAls;
import io.github.flinkrecsys.core.als.ImplicitAlsConfig;
import io.github.flinkrecsys.core.als.InteractionMatrix;
import io.github.flinkrecsys.examples.als.HeldOut;
import io.github.flinkrecsys.examples.als.HeldOutMetrics;
import io.github.flinkrecsys.examples.als.PairsByUserFile;
import java.nio.file.Path;
import org.apache.spark.ml.recommendation.ALSModel;

/** Trains with Spark MLlib and with the library in turns, and tells the times and the quality. */
public final class AlsPeerBenchmark {
  private static final int THREADS = 2;
  private static final int ROUNDS = 2;
  private static final double UNOBSERVED_WEIGHT = 0.01;
  private static final double REGULARIZATION = 0.003;

  private AlsPeerBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args training file, test file, both of pairs by user; factors; iterations
   * @throws Exception if a file cannot be used
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      System.err.println("usage: TRAIN TEST FACTORS ITERATIONS");
      System.exit(2);
    }
    int factors = Integer.parseInt(args[2]);
    int iterations = Integer.parseInt(args[3]);
    InteractionMatrix.Builder pairs = InteractionMatrix.builder();
    PairsByUserFile.read("TRAIN", Path.of(args[0]), pairs::add);
    InteractionMatrix matrix = pairs.build();
    HeldOut heldOut = HeldOut.read("TEST", Path.of(args[1]), matrix);
    try (SparkAls spark = new SparkAls(matrix)) {
      // One sweep of each, so that both are compiled.
      spark.train(factors, 1, UNOBSERVED_WEIGHT, REGULARIZATION);
      ours(matrix, factors, 1);
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        ALSModel theirs = spark.train(factors, iterations, UNOBSERVED_WEIGHT, REGULARIZATION);
        double sparkSeconds = secondsSince(start);
        start = System.nanoTime();
        FactorModel ours = ours(matrix, factors, iterations);
        double seconds = secondsSince(start);
        System.out.printf(
            "%d factors, %d iterations: Spark %.1f s, ours %.1f s, ratio %.1f%n",
            factors, iterations, sparkSeconds, seconds, sparkSeconds / seconds);
        if (round == ROUNDS - 1) {
          print("Spark", spark.collected(theirs), matrix, heldOut);
          print("ours", ours, matrix, heldOut);
        }
      }
    }
  }

  private static FactorModel ours(InteractionMatrix matrix, int factors, int iterations) {
    ImplicitAlsConfig config =
        ImplicitAlsConfig.builder()
            .factors(factors)
            .iterations(iterations)
            .unobservedWeight(UNOBSERVED_WEIGHT)
            .popularityExponent(0)
            .regularization(REGULARIZATION)
            .regularizationExponent(1)
            .threads(THREADS)
            .build();
    return new ImplicitAls(config).train(matrix, 1);
  }

  private static void print(
      String name, FactorModel model, InteractionMatrix matrix, HeldOut heldOut) {
    HeldOutMetrics metrics =
        HeldOutMetrics.of(new AllItemsRanking(model, matrix), heldOut.wanted(), THREADS);
    System.out.printf(
        "%s: recall@20 %.4f, NDCG@20 %.4f%n", name, metrics.recallAt20(), metrics.ndcgAt20());
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
