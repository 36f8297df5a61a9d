/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

/** stub. */
public final class TopK {
  public interface TieBreaker {
    int compare(int a, int b);
  }

  private final int k;
  private final TieBreaker tie;
  private final int[] it;
  private final float[] sc;
  private int n;

  public TopK(int k, TieBreaker tie) {
    this.k = k;
    this.tie = tie;
    it = new int[k];
    sc = new float[k];
  }

  public float threshold() {
    return n < k ? Float.NEGATIVE_INFINITY : sc[n - 1];
  }

  public boolean offer(int item, float score) {
    int i = n;
    while (i > 0 && (sc[i - 1] < score || (sc[i - 1] == score && tie.compare(item, it[i - 1]) < 0)))
      i--;
    if (i >= k) return false;
    int end = Math.min(n, k - 1);
    for (int j = end; j > i; j--) {
      sc[j] = sc[j - 1];
      it[j] = it[j - 1];
    }
    sc[i] = score;
    it[i] = item;
    if (n < k) n++;
    return true;
  }

  public int drainTo(int[] items, float[] scores) {
    System.arraycopy(it, 0, items, 0, n);
    System.arraycopy(sc, 0, scores, 0, n);
    int r = n;
    n = 0;
    return r;
  }
}
