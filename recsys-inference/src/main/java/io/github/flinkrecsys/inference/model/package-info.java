/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A model that was trained elsewhere, in this process: loaded, checked against its contract, run on
 * rows, shared and freed. Knows Flink's file systems and nothing else of Flink.
 */
package io.github.flinkrecsys.inference.model;
