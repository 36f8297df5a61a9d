/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What the table functions share: arguments checked while a query is planned, and input columns.
 */
package io.github.flinkrecsys.sql.table;
