/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Splits the events of one user into sessions, whatever order they arrive in.
 *
 * <p>In: event times, in milliseconds, and watermarks. Out: which of the pending events make a
 * {@link io.github.flinkrecsys.core.session.Session} that nothing to come can change. The events
 * themselves stay with the caller, so any event type will do. {@link
 * io.github.flinkrecsys.core.session.SessionSplitter} and {@link
 * io.github.flinkrecsys.core.session.SessionConfig} are immutable; {@link
 * io.github.flinkrecsys.core.session.PendingTimes} belongs to one user and one thread. No parameter
 * or return value is {@code null}.
 */
package io.github.flinkrecsys.core.session;
