/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

/**
 * What one source contributed to an item's score.
 *
 * @param source see {@link Sources}
 * @param score the source's weight times what it finds of the item; the parts of an item add up to
 *     its score in the blend
 */
public record ScorePart(String source, float score) {}
