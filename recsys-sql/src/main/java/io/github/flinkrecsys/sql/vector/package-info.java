/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Scalar functions of vectors. */
package io.github.flinkrecsys.sql.vector;
