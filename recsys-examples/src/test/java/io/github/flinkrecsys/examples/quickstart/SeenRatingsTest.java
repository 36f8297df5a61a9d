/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.factorization.RatingScale;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeenRatingsTest {
  @Test
  void theRangeIsThatOfAllRatings() {
    assertThat(scale(3, 1, 5, 4)).isEqualTo(new RatingScale(1, 5));
    assertThat(scale(IntStream.rangeClosed(20, 100).asDoubleStream().toArray()))
        .isEqualTo(new RatingScale(20, 100));
  }

  @Test
  void rareRatingsOfTheScaleAreInTheRange() {
    double[] ratings = new double[10_000];
    Arrays.fill(ratings, 4);
    Arrays.fill(ratings, 0, 200, 3);
    Arrays.fill(ratings, 9_800, 10_000, 5);
    ratings[0] = 1;
    assertThat(scale(ratings)).isEqualTo(new RatingScale(1, 5));
  }

  @Test
  void wildRatingsAreNot() {
    double[] ratings = IntStream.range(0, 1000).mapToDouble(n -> 1 + n % 5).toArray();
    for (double wild : new double[] {1e6, 1e300, -1e6, Double.NaN, Double.POSITIVE_INFINITY}) {
      ratings[500] = wild;
      assertThat(scale(ratings)).as("%s", wild).isEqualTo(new RatingScale(1, 5));
    }
  }

  @Test
  void ratingsThatAreAllAlikeAreInARange() {
    for (double rating : new double[] {0, 5, -1e9, 1e9}) {
      RatingScale scale = scale(rating, rating);
      assertThat(scale.violation(rating)).as("%s", rating).isNull();
    }
    assertThat(scale(Double.NaN)).isEqualTo(RatingScale.STARS);
  }

  private static RatingScale scale(double... ratings) {
    SeenRatings seen = new SeenRatings();
    Arrays.stream(ratings).forEach(seen::add);
    return seen.scale();
  }
}
