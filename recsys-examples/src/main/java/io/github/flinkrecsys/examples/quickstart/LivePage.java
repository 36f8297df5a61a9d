/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.examples.serve.HttpService;
import io.github.flinkrecsys.examples.serve.JobExchange;
import io.github.flinkrecsys.examples.serve.RecommendationApi;
import io.github.flinkrecsys.examples.serve.Reply;
import io.github.flinkrecsys.examples.serve.Routes;
import io.github.flinkrecsys.examples.serve.ServiceMetrics;
import io.github.flinkrecsys.examples.serve.ServiceRoutes;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The page that shows a running job and asks it for recommendations, with the API beside it. */
final class LivePage implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

  private final JobExchange exchange;
  private final LiveBoard board;
  private final HttpService service;
  private final boolean staysOpen;

  private LivePage(JobExchange exchange, LiveBoard board, HttpService service, boolean staysOpen) {
    this.exchange = exchange;
    this.board = board;
    this.service = service;
    this.staysOpen = staysOpen;
  }

  static LivePage open(int port, boolean staysOpen, Map<String, String> titleOf)
      throws IOException {
    JobExchange exchange = JobExchange.open();
    try {
      ItemSearch items = new ItemSearch(titleOf);
      LiveBoard board = new LiveBoard(exchange, items);
      ServiceMetrics metrics = new ServiceMetrics();
      Routes routes = new Routes();
      PageFiles.addTo(routes);
      new RecommendationApi(exchange, exchange, ANSWER_TIMEOUT).addTo(routes);
      ServiceRoutes.addForJob(routes, metrics, exchange);
      routes.add("GET", "/live.json", call -> Reply.json(board.json()));
      routes.add("GET", "/items.json", items::serve);
      HttpService service = HttpService.start(LOOPBACK, port, routes, metrics);
      return new LivePage(exchange, board, service, staysOpen);
    } catch (IOException | RuntimeException e) {
      exchange.close();
      throw e;
    }
  }

  JobExchange exchange() {
    return exchange;
  }

  boolean staysOpen() {
    return staysOpen;
  }

  String url() {
    return service.url();
  }

  /** Takes what the job has done so far. */
  void show(Totals totals) {
    board.show(totals);
  }

  @Override
  public void close() {
    service.close();
    exchange.close();
  }
}
