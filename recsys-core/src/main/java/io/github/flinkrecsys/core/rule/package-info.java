/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Rules: which items may be recommended at all, by what is known about them.
 *
 * <p>In: {@link io.github.flinkrecsys.core.event.ItemMetadata}. Rules are serializable and safe for
 * any number of threads. No parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.core.rule;
