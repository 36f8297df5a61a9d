/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

/**
 * An item that sessions like the live one went on to.
 *
 * @param itemId which
 * @param score the higher, the better; positive; comparable within one answer only
 * @param becauseItemId the item of the live session that speaks loudest for it; the same item if it
 *     is one that comes back
 */
public record NextItem(String itemId, float score, String becauseItemId) {}
