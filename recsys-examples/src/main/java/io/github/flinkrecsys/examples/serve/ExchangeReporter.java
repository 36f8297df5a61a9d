/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import java.util.Properties;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Tells an exchange of this JVM of the job's gauges. */
public final class ExchangeReporter implements MetricReporter {
  static final String EXCHANGE_ID = "exchange-id";

  private JobExchange exchange;

  private ExchangeReporter() {}

  /** Makes reporters; found by Flink as a service. */
  public static final class Factory implements MetricReporterFactory {
    /** Makes the factory, as the service loader requires. */
    public Factory() {}

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new ExchangeReporter();
    }
  }

  @Override
  public void open(MetricConfig config) {
    exchange = JobExchange.find(config.getString(EXCHANGE_ID, ""));
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (exchange != null && metric instanceof Gauge<?> gauge) {
      exchange.gauges().add(name, gauge);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (exchange != null && metric instanceof Gauge<?> gauge) {
      exchange.gauges().remove(gauge);
    }
  }

  @Override
  public void close() {}
}
