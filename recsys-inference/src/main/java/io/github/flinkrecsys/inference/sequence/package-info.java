/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Candidates from models of sequences: what comes after the items of the session that goes on. */
package io.github.flinkrecsys.inference.sequence;
