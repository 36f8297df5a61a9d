/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Counts and times requests by route and status; gives them as Prometheus text. */
public final class ServiceMetrics {
  /** Media type of the text. */
  public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final double[] BOUNDS = {
    0.0005, 0.001, 0.002, 0.005, 0.007, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5
  };

  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final Map<String, Times> times = new ConcurrentHashMap<>();
  private final Map<String, DoubleSupplier> gauges = new TreeMap<>();

  private static final class Times {
    final LongAdder[] atMost = new LongAdder[BOUNDS.length + 1];
    final LongAdder nanos = new LongAdder();

    Times() {
      for (int i = 0; i < atMost.length; i++) {
        atMost[i] = new LongAdder();
      }
    }
  }

  /** Makes metrics that have counted nothing. */
  public ServiceMetrics() {}

  /**
   * Adds a gauge; not to be called once requests come in.
   *
   * @param name by the rules of Prometheus
   * @param value read when the text is made; NaN leaves the gauge out
   * @return this
   */
  public ServiceMetrics gauge(String name, DoubleSupplier value) {
    gauges.put(name, value);
    return this;
  }

  void count(String route, int status, long nanos) {
    requests
        .computeIfAbsent("route=\"" + route + "\",status=\"" + status + "\"", k -> new LongAdder())
        .increment();
    Times of = times.computeIfAbsent(route, k -> new Times());
    int bound = 0;
    while (bound < BOUNDS.length && nanos > BOUNDS[bound] * 1e9) {
      bound++;
    }
    of.atMost[bound].increment();
    of.nanos.add(nanos);
  }

  /**
   * Gives the metrics.
   *
   * @return text of {@link #TYPE}
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("# TYPE recsys_http_requests_total counter\n");
    new TreeMap<>(requests)
        .forEach(
            (labels, count) ->
                line(text, "recsys_http_requests_total{" + labels + "}", count.sum()));
    text.append("# TYPE recsys_http_request_seconds histogram\n");
    new TreeMap<>(times).forEach((route, of) -> histogram(text, route, of));
    gauges.forEach(
        (name, gauge) -> {
          double value = gauge.getAsDouble();
          if (!Double.isNaN(value)) {
            text.append("# TYPE ").append(name).append(" gauge\n");
            line(text, name, value);
          }
        });
    return text.toString();
  }

  private static void histogram(StringBuilder text, String route, Times of) {
    String labels = "{route=\"" + route + "\"";
    long sum = 0;
    for (int i = 0; i < of.atMost.length; i++) {
      sum += of.atMost[i].sum();
      String bound = i < BOUNDS.length ? "" + BOUNDS[i] : "+Inf";
      line(text, "recsys_http_request_seconds_bucket" + labels + ",le=\"" + bound + "\"}", sum);
    }
    line(text, "recsys_http_request_seconds_sum" + labels + "}", of.nanos.sum() / 1e9);
    line(text, "recsys_http_request_seconds_count" + labels + "}", sum);
  }

  private static void line(StringBuilder text, String name, double value) {
    text.append(name).append(' ');
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      text.append((long) value);
    } else {
      text.append(value);
    }
    text.append('\n');
  }
}
