/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Sessions of users, in event time.
 *
 * <p>In: events of any type, keyed by user. Out: each session once, when no event can join it any
 * more, and on the way a {@link io.github.flinkrecsys.operators.session.LiveSession} per event.
 * Where sessions begin and end is decided in {@code io.github.flinkrecsys.core.session}; what is
 * here holds state, timers and side outputs. No parameter or return value is {@code null}.
 */
package io.github.flinkrecsys.operators.session;
