/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

/**
 * Decayed number of interactions with an item: the newest value replaces every older one.
 *
 * @param itemId which item
 * @param count as of {@code asOfMillis}
 * @param asOfMillis event time of the newest interaction
 * @param stored the count in the stored form of {@link
 *     io.github.flinkrecsys.core.feature.DecayedCount}, comparable between items and times
 */
public record ItemPopularity(String itemId, double count, long asOfMillis, double stored) {}
