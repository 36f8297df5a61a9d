/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Session neighbours: next items from the most recent sessions that resemble the live one.
 *
 * <p>In: closed sessions, as {@link io.github.flinkrecsys.core.neighbor.IndexedSession}. Out:
 * {@link io.github.flinkrecsys.core.neighbor.NextItem}s for the items of a live session. The {@link
 * io.github.flinkrecsys.core.neighbor.SessionIndex} may be shared by all threads; {@link
 * io.github.flinkrecsys.core.neighbor.SessionNeighbors} hold scratch memory and belong to one. No
 * parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.core.neighbor;
