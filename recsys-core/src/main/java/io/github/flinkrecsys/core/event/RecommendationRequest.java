/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

/**
 * Asks for recommendations.
 *
 * @param userId for whom; non-empty
 * @param k how many items; 1 to {@value #MAX_K}
 * @param context free text that comes back in nothing but logs and rules, for example a page name;
 *     may be null
 * @param timestampMillis event time, milliseconds since 1970; not negative
 */
public record RecommendationRequest(String userId, int k, String context, long timestampMillis) {
  /** Largest list that may be asked for. */
  public static final int MAX_K = 1000;
}
