/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.examples.stream.ShopStream;
import io.github.flinkrecsys.examples.stream.ShopStreamConfig;
import java.util.Comparator;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Tells of each item of the generated shop when it appears there. After a restart it tells of all
 * again, which changes nothing.
 */
final class ShopMetadata implements FlatMapFunction<Interaction, ItemMetadata> {
  private static final long serialVersionUID = 1L;

  private final ShopStreamConfig config;
  private transient ItemMetadata[] items;
  private transient int told;

  ShopMetadata(ShopStreamConfig config) {
    this.config = config;
  }

  @Override
  public void flatMap(Interaction interaction, Collector<ItemMetadata> out) {
    if (items == null) {
      items =
          new ShopStream(config)
              .metadata().stream()
                  .sorted(Comparator.comparingLong(ItemMetadata::timestampMillis))
                  .toArray(ItemMetadata[]::new);
    }
    while (told < items.length && items[told].timestampMillis() <= interaction.timestampMillis()) {
      out.collect(items[told++]);
    }
  }
}
