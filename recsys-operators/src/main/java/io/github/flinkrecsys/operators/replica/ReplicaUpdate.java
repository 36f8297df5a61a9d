/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.replica.ItemDeltas;

/**
 * One change of the item side, on its way to every replica. Exactly one component is not null.
 *
 * @param deltas sums to be added
 * @param metadata of one item
 */
public record ReplicaUpdate(ItemDeltas deltas, ItemMetadata metadata) {}
