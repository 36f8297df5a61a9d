/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Item neighbours in SQL: three functions, one per key. */
package io.github.flinkrecsys.sql.neighbor;
