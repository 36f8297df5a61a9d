/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.operators.factorization.ModelRow;

/**
 * What reaches the user side beside interactions. Exactly one component is not null.
 *
 * @param request to be answered
 * @param modelRow a user's vector of an offline model, to be taken over
 */
public record UserInput(RecommendationRequest request, ModelRow modelRow) {
  /**
   * Wraps a request.
   *
   * @param request to be answered
   * @return the input
   */
  public static UserInput of(RecommendationRequest request) {
    return new UserInput(request, null);
  }

  /**
   * Wraps a row of a model.
   *
   * @param modelRow of a user
   * @return the input
   */
  public static UserInput of(ModelRow modelRow) {
    return new UserInput(null, modelRow);
  }

  /**
   * Gives what the input is keyed by.
   *
   * @return {@link RecommendationRequest#key}, or the user of the row
   */
  public String key() {
    return request != null ? request.key() : modelRow.id();
  }
}
