/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

/**
 * Walks that stand at the same node and have come the same way.
 *
 * @param origin where they are from
 * @param node hash of the node where they stand
 * @param previous hash of the item they came from
 * @param step how many steps, from item to user to item, they have done
 * @param count how many they are, positive
 */
public record Walkers(WalkOrigin origin, long node, long previous, int step, int count) {}
