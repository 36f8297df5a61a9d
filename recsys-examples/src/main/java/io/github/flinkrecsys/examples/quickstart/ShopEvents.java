/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.examples.stream.ShopStream;
import io.github.flinkrecsys.examples.stream.ShopStreamConfig;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/** Serves a generated stream by index. After a restart it generates from the start to the index. */
public final class ShopEvents implements GeneratorFunction<Long, Interaction> {
  private static final long serialVersionUID = 1L;

  private final ShopStreamConfig config;
  private transient ShopStream stream;
  private transient long next;

  /**
   * Makes the function.
   *
   * @param config of the stream
   */
  public ShopEvents(ShopStreamConfig config) {
    this.config = config;
  }

  @Override
  public Interaction map(Long index) {
    if (stream == null || index < next) {
      stream = new ShopStream(config);
      next = 0;
    }
    while (next < index) {
      stream.next();
      next++;
    }
    next++;
    return stream.next();
  }
}
