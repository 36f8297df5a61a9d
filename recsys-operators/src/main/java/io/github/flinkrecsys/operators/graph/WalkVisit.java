/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

/**
 * What became of walks: an item they have come past, or that they have ended.
 *
 * @param origin where they are from
 * @param itemId that they visited, empty if they found no way
 * @param visits how many of them visited it
 * @param ended how many of them go no further
 */
public record WalkVisit(WalkOrigin origin, String itemId, int visits, int ended) {}
