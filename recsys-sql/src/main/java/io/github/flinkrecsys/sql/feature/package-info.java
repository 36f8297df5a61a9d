/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What trends, in SQL. */
package io.github.flinkrecsys.sql.feature;
