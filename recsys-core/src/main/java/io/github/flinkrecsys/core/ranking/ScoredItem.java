/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

/**
 * One recommended item.
 *
 * @param itemId which item
 * @param score of the list that it stands in; comparable within that list only
 * @param source that brought it, see {@link Sources}
 * @param becauseItemId the user's own item that is the reason, or null where there is none
 */
public record ScoredItem(String itemId, float score, String source, String becauseItemId) {}
