/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A feature model that ranks the blend's candidates again, and the examples that it is trained on.
 */
package io.github.flinkrecsys.examples.rerank;
