/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks.spark;

import io.github.flinkrecsys.core.als.FactorModel;
import io.github.flinkrecsys.core.als.InteractionMatrix;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** ALS of Spark MLlib with implicit preferences, on two local threads. */
final class SparkAls implements AutoCloseable {
  private final InteractionMatrix matrix;
  private final SparkSession session;
  private final Dataset<Row> pairs;

  /** Starts Spark and puts the pairs into its memory, so that neither is part of the training. */
  SparkAls(InteractionMatrix matrix) {
    this.matrix = matrix;
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("als-peer")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    List<Row> rows = new ArrayList<>(matrix.pairs());
    for (int user = 0; user < matrix.userIds().size(); user++) {
      for (int item : matrix.itemsOf(user)) {
        rows.add(RowFactory.create(user, item, 1f));
      }
    }
    StructType schema =
        new StructType()
            .add("user", DataTypes.IntegerType)
            .add("item", DataTypes.IntegerType)
            .add("rating", DataTypes.FloatType);
    pairs = session.createDataFrame(rows, schema).repartition(2).cache();
    pairs.count();
  }

  /**
   * Trains. The weight of a pair that was seen is {@code 1 / unobservedWeight} times that of any
   * pair, as in our objective; the regularization is scaled alike, and by Spark with the number of
   * pairs of a row.
   */
  ALSModel train(int rank, int iterations, double unobservedWeight, double regularization) {
    return new ALS()
        .setRank(rank)
        .setMaxIter(iterations)
        .setImplicitPrefs(true)
        .setAlpha(1 / unobservedWeight)
        .setRegParam(regularization / unobservedWeight)
        .setSeed(42)
        .fit(pairs);
  }

  FactorModel collected(ALSModel model) {
    return new FactorModel(
        1,
        model.rank(),
        matrix.userIds(),
        rows(model.userFactors(), model.rank(), matrix.userIds().size()),
        matrix.itemIds(),
        rows(model.itemFactors(), model.rank(), matrix.itemIds().size()));
  }

  private static float[][] rows(Dataset<Row> factors, int rank, int count) {
    float[][] rows = new float[count][rank];
    for (Row row : factors.collectAsList()) {
      List<Float> values = row.getList(1);
      for (int k = 0; k < rank; k++) {
        rows[row.getInt(0)][k] = values.get(k);
      }
    }
    return rows;
  }

  @Override
  public void close() {
    session.stop();
  }
}
