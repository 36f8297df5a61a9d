/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The functions of this library for SQL: {@code LOAD MODULE recsys}. */
package io.github.flinkrecsys.sql;
