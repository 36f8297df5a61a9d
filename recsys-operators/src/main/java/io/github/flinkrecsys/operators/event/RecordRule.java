/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import java.io.Serializable;
import java.util.function.Function;

/**
 * Tells what is wrong with a record: the reason for refusing it, or null if there is none.
 *
 * @param <T> type of the records
 */
@FunctionalInterface
public interface RecordRule<T> extends Function<T, String>, Serializable {}
