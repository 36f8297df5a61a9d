/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Code that the documentation shows. A test compares each region with its copies. */
package io.github.flinkrecsys.examples.snippets;
