/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import io.github.flinkrecsys.core.util.Checks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Turns a model so that its items lie where another model has them. Scores stay, since all vectors
 * are turned alike; but now vectors of both may be mixed, and those that only the other has still
 * fit. Two trainings give the same scores in axes of their own, so without it they do not.
 *
 * @see <a href="https://doi.org/10.1007/BF02289451">Schönemann, A generalized solution of the
 *     orthogonal Procrustes problem, 1966</a>
 */
public final class ModelAlignment {
  private ModelAlignment() {}

  /**
   * Aligns a model.
   *
   * @param newer the model to turn; stays as it is
   * @param older where to
   * @return the newer model, turned: its items are as close to those of the older one, of which
   *     both have a vector, as a rotation or reflection can bring them
   * @throws IllegalArgumentException if they differ in the number of factors or have no item in
   *     common
   * @implNote O(factors^2 (users + items) + factors^3) time.
   */
  public static FactorModel align(FactorModel newer, FactorModel older) {
    Checks.require(
        newer.factors() == older.factors(),
        "factors",
        "those of the other model, " + older.factors(),
        newer.factors());
    DMatrixRMaj rotation = rotation(newer, older);
    float[][] users = new float[newer.userIds().size()][];
    for (int u = 0; u < users.length; u++) {
      users[u] = turned(newer.user(u), rotation);
    }
    float[][] items = new float[newer.itemIds().size()][];
    for (int i = 0; i < items.length; i++) {
      items[i] = turned(newer.item(i), rotation);
    }
    return new FactorModel(
        newer.version(), newer.factors(), newer.userIds(), users, newer.itemIds(), items);
  }

  private static DMatrixRMaj rotation(FactorModel newer, FactorModel older) {
    int k = newer.factors();
    DMatrixRMaj products = new DMatrixRMaj(k, k);
    Map<String, Integer> indexOf = indexOf(older.itemIds());
    int common = 0;
    for (int i = 0; i < newer.itemIds().size(); i++) {
      Integer other = indexOf.get(newer.itemIds().get(i));
      if (other != null) {
        addProduct(products, newer.item(i), older.item(other));
        common++;
      }
    }
    Checks.require(common > 0, "items", "in common with the other model", common);
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(k, k, true, true, false);
    if (!svd.decompose(products)) {
      throw new ArithmeticException("the products of both models' items cannot be decomposed");
    }
    DMatrixRMaj rotation = new DMatrixRMaj(k, k);
    CommonOps_DDRM.mult(svd.getU(null, false), svd.getV(null, true), rotation);
    return rotation;
  }

  private static Map<String, Integer> indexOf(List<String> ids) {
    Map<String, Integer> indexOf = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      indexOf.put(ids.get(i), i);
    }
    return indexOf;
  }

  private static void addProduct(DMatrixRMaj sum, float[] row, float[] column) {
    for (int r = 0; r < row.length; r++) {
      for (int c = 0; c < column.length; c++) {
        sum.data[r * column.length + c] += (double) row[r] * column[c];
      }
    }
  }

  private static float[] turned(float[] vector, DMatrixRMaj rotation) {
    int k = vector.length;
    double[] sum = new double[k];
    for (int r = 0; r < k; r++) {
      for (int c = 0; c < k; c++) {
        sum[c] += vector[r] * rotation.data[r * k + c];
      }
    }
    float[] turned = new float[k];
    for (int c = 0; c < k; c++) {
      turned[c] = (float) sum[c];
    }
    return turned;
  }
}
