/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

/**
 * What is known about a user beside the interactions. A newer one replaces an older one whole.
 *
 * @param userId which user; non-empty
 * @param attributes strings, for example the country
 * @param features numbers, for example the age
 * @param timestampMillis event time from which this holds, milliseconds since 1970
 */
public record UserProfile(
    String userId, Attributes attributes, Features features, long timestampMillis) {}
