/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Recommendations, item factors and own records into Redis, and recommendations out of it.
 *
 * <p>In: streams of {@link io.github.flinkrecsys.core.ranking.RecommendationList}, of {@link
 * io.github.flinkrecsys.operators.factorization.ItemFactor}, or of any type with a {@link
 * io.github.flinkrecsys.connectors.redis.RedisRecord}. Out: one key per record, the newest version
 * of it. Nothing here holds Flink state.
 *
 * <p>No parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.connectors.redis;
