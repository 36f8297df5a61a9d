/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.flinkrecsys.core.util.Checks;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A small HTTP server on the JDK's own. Errors are JSON, {@code {"error": "..."}}, but for requests
 * that are not HTTP at all, which the JDK answers by itself.
 *
 * <p>Bounds: {@value #MAX_PATH} characters of path and query, {@value #MAX_HEADER_BYTES} bytes and
 * {@value #MAX_HEADERS} lines of headers, {@value #MAX_SECONDS} seconds for a request to come in
 * and an answer to go out, {@value #THREADS} requests at a time and {@value #WAITING} that wait.
 */
public final class HttpService implements AutoCloseable {
  static final int MAX_PATH = 4096;
  static final int MAX_HEADER_BYTES = 16 * 1024;
  static final int MAX_HEADERS = 64;

  private static final int MAX_SECONDS = 10;
  private static final int MAX_CONNECTIONS = 1024;
  private static final int THREADS = 32;
  private static final int WAITING = 1024;
  private static final System.Logger LOG = System.getLogger(HttpService.class.getName());

  private final HttpServer server;
  private final ThreadPoolExecutor workers;
  private final Routes routes;
  private final ServiceMetrics metrics;
  private final LocalHostRule hosts;

  private HttpService(HttpServer server, Routes routes, ServiceMetrics metrics) {
    this.server = server;
    this.routes = routes;
    this.metrics = metrics;
    this.hosts = new LocalHostRule(server.getAddress().getAddress());
    this.workers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, "recsys-http");
              thread.setDaemon(true);
              return thread;
            });
    workers.allowCoreThreadTimeOut(true);
  }

  /**
   * Starts a server.
   *
   * @param host to bind to
   * @param port to bind to, 0 for any that is free
   * @param routes what is served
   * @param metrics counts the requests
   * @return the server
   * @throws IOException if the address cannot be bound
   */
  public static HttpService start(String host, int port, Routes routes, ServiceMetrics metrics)
      throws IOException {
    Checks.between("port", port, 0, 65_535);
    setBounds();
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByName(host), port), MAX_CONNECTIONS);
    HttpService service = new HttpService(server, routes, metrics);
    server.setExecutor(service.workers);
    server.createContext("/", service::serve);
    server.start();
    return service;
  }

  /** The JDK's server takes these from system properties only, and reads them once. */
  private static void setBounds() {
    setIfAbsent("sun.net.httpserver.nodelay", "true");
    setIfAbsent("sun.net.httpserver.maxReqHeaderSize", "" + MAX_HEADER_BYTES);
    setIfAbsent("sun.net.httpserver.maxReqHeaders", "" + MAX_HEADERS);
    setIfAbsent("sun.net.httpserver.maxReqTime", "" + MAX_SECONDS);
    setIfAbsent("sun.net.httpserver.maxRspTime", "" + MAX_SECONDS);
    setIfAbsent("sun.net.httpserver.maxIdleConnections", "" + MAX_CONNECTIONS);
    setIfAbsent("jdk.httpserver.maxConnections", "" + MAX_CONNECTIONS);
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Gives where the server is.
   *
   * @return its address, as {@code http://127.0.0.1:8080}
   */
  public String url() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private void serve(HttpExchange exchange) {
    long started = System.nanoTime();
    String route = "none";
    int status = 0;
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      Routes.Match match = path == null || !path.startsWith("/") ? null : routes.find(path);
      route = match == null ? route : match.pattern();
      Reply reply = reply(exchange, match);
      status = reply.status();
      send(exchange, reply);
    } catch (IOException e) {
      // The client has gone.
      LOG.log(System.Logger.Level.DEBUG, "answer not sent", e);
    } finally {
      metrics.count(route, status, System.nanoTime() - started);
    }
  }

  private Reply reply(HttpExchange exchange, Routes.Match match) throws IOException {
    try {
      if (exchange.getRequestURI().toString().length() > MAX_PATH) {
        return Reply.error(414, "path and query must be at most " + MAX_PATH + " characters");
      }
      hosts.check(exchange.getRequestHeaders().getFirst("Host"));
      if (match == null) {
        return Reply.error(404, "nothing is here");
      }
      String method = exchange.getRequestMethod();
      Routes.Handler handler = match.byMethod().get(method.equals("HEAD") ? "GET" : method);
      if (handler == null) {
        String allowed = String.join(", ", match.byMethod().keySet());
        return Reply.error(405, "method must be " + allowed).with("Allow", allowed);
      }
      return handler.handle(new Call(exchange, Call.decode(match.parameter(), false)));
    } catch (HttpFailure e) {
      Reply refusal = Reply.error(e.status(), e.getMessage());
      return e.status() == 503 ? refusal.with("Retry-After", "1") : refusal;
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      // Without the request: ids and headers are not for logs.
      LOG.log(System.Logger.Level.ERROR, "handler of " + match.pattern() + " failed", e);
      return Reply.error(500, "something went wrong here");
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.type());
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cache-Control", "no-store");
    reply.headers().forEach(headers::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", "" + reply.body().length);
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(
        reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(reply.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
