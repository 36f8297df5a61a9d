/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * A sink as Flink 1.20 has it: the older of its two methods is abstract there, but never called
 * where the newer one is given.
 */
interface ContextSink<T> extends Sink<T> {
  @Deprecated
  @Override
  default SinkWriter<T> createWriter(InitContext context) {
    throw new UnsupportedOperationException("createWriter(WriterInitContext) must be called");
  }
}
