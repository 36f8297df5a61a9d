/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.connectors.redis.RedisConfig;
import java.io.IOException;

/** The API on what a job has written into Redis. The job may run elsewhere, or not at all now. */
final class RedisService implements AutoCloseable {
  private final RedisStore store;
  private final HttpService service;

  private RedisService(RedisStore store, HttpService service) {
    this.store = store;
    this.service = service;
  }

  static RedisService open(String host, int port, RedisConfig config) throws IOException {
    RedisStore store = RedisStore.open(config);
    try {
      ServiceMetrics metrics = new ServiceMetrics();
      Routes routes = new Routes();
      new RecommendationApi(store, null, config.commandTimeout()).addTo(routes);
      ServiceRoutes.addForStore(routes, metrics, store);
      return new RedisService(store, HttpService.start(host, port, routes, metrics));
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  String url() {
    return service.url();
  }

  @Override
  public void close() {
    service.close();
    store.close();
  }
}
