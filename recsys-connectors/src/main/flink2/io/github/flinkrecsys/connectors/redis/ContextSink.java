/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import org.apache.flink.api.connector.sink2.Sink;

/**
 * A sink as Flink 2 has it. Flink 1.20 has a version of its own, because its sinks must have a
 * second method of a type that Flink 2 lacks.
 */
interface ContextSink<T> extends Sink<T> {}
