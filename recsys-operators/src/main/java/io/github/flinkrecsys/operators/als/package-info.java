/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Offline matrix factorization as a bounded job: the training of {@link
 * io.github.flinkrecsys.core.als.ImplicitAls} for data beyond one machine.
 *
 * <p>In: a bounded stream of interactions. Out: a row per user and item, from {@link
 * io.github.flinkrecsys.operators.als.ImplicitAlsGraph}. No parameter or return value is {@code
 * null}.
 */
package io.github.flinkrecsys.operators.als;
