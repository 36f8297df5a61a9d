/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What the catalogue brings beside the interactions of one user: what trends, in all and by
 * category, and which new items share the attributes of others.
 *
 * <p>In: counted interactions and item metadata, by slots of an {@link
 * io.github.flinkrecsys.core.replica.ItemReplica}. Safe for any number of threads. No parameter or
 * return value is {@code null} unless said.
 */
package io.github.flinkrecsys.core.catalog;
