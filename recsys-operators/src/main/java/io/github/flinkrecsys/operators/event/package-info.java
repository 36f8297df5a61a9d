/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What every operator does with records that it cannot use.
 *
 * <p>In: a record that breaks a rule or exceeds a bound. Out: a {@link
 * io.github.flinkrecsys.operators.event.DeadLetter} on a side output that all operators share the
 * tag of; the job goes on. No parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.operators.event;
