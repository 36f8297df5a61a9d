/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Counting what trends.
 *
 * <p>In: interactions. Out: {@link io.github.flinkrecsys.core.catalog.TrendCounts} for all
 * replicas. No parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.operators.catalog;
