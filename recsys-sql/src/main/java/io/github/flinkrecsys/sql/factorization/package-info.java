/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Factor models in SQL. */
package io.github.flinkrecsys.sql.factorization;
