/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

/**
 * What is known about an item beside its interactions. A newer one replaces an older one whole.
 *
 * @param itemId which item; non-empty
 * @param attributes strings, for example its title and category
 * @param features numbers, for example its price
 * @param timestampMillis event time from which this holds, milliseconds since 1970
 */
public record ItemMetadata(
    String itemId, Attributes attributes, Features features, long timestampMillis) {}
