/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.session;

/**
 * A session as known when one of its events arrived. Later events may extend it, merge it with
 * another or cut it. A plain Flink POJO.
 *
 * @param userId whose
 * @param startMillis event time of its first event, milliseconds since 1970
 * @param lastMillis event time of its last event so far
 * @param length its events so far
 */
public record LiveSession(String userId, long startMillis, long lastMillis, int length) {}
