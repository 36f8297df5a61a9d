/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Ranking and encoding by models: records wait a bounded time for others, one run of the model
 * scores them all, and versions of the model are swapped, compared and split while the job runs.
 */
package io.github.flinkrecsys.inference.ranking;
