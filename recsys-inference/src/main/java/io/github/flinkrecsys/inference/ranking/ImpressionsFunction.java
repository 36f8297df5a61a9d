/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.Arrays;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Makes impressions of candidates in the order in which they came: what a first model is trained
 * on, while there is none that could rank. Features: the context, then those of the candidate.
 */
public final class ImpressionsFunction implements FlatMapFunction<CandidateFeatures, Impression> {
  private static final long serialVersionUID = 1L;

  private final int k;

  /**
   * Makes the function.
   *
   * @param k candidates of a list that are shown, at least 1
   * @throws IllegalArgumentException if {@code k} is not positive
   */
  public ImpressionsFunction(int k) {
    this.k = Checks.positive("k", k);
  }

  @Override
  public void flatMap(CandidateFeatures input, Collector<Impression> out) {
    for (int place = 0; place < Math.min(k, input.list().items().length); place++) {
      out.collect(impression(input, place, place));
    }
  }

  /** The list's id is the same for all its items, and no longer than an id may be. */
  static Impression impression(CandidateFeatures input, int row, int place) {
    RecommendationList list = input.list();
    int width = input.candidates().length / list.items().length;
    int context = input.context().length;
    float[] features = Arrays.copyOf(input.context(), context + width);
    System.arraycopy(input.candidates(), row * width, features, context, width);
    return new Impression(
        list.userId(),
        list.items()[row].itemId(),
        Long.toHexString(Hashes.hash(list.userId())) + "-" + list.generatedAtMillis(),
        place,
        features,
        input.featuresVersion(),
        list.generatedAtMillis());
  }
}
