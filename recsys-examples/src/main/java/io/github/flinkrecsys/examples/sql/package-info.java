/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs files of SQL statements, for those who have no Flink yet. */
package io.github.flinkrecsys.examples.sql;
