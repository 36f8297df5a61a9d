/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import io.github.flinkrecsys.core.als.FactorModelHeader;
import io.github.flinkrecsys.core.als.FactorModelReader;
import io.github.flinkrecsys.core.als.FactorRow;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Reads model files, by their paths, through Flink's file systems. Each is first read to its end,
 * so that no part of a broken file is taken over, and then row by row.
 *
 * <p>A file that cannot be read or does not fit either fails the job, or goes to {@link
 * DeadLetter#TAG}. Stateless: after a failure a path comes again and so do its rows, which are
 * taken over once, by version. A checkpoint waits until a file has been read.
 */
public final class ModelReadFunction extends ProcessFunction<String, ModelRow> {
  private static final long serialVersionUID = 1L;

  private final int factors;
  private final int maxItems;
  private final boolean isRequired;

  private transient Counter deadLetters;
  private transient ReasonCounters reasons;

  /**
   * Makes the function.
   *
   * @param model that is to take over the vectors
   * @param isRequired whether a file that cannot be used fails the job
   */
  public ModelReadFunction(ModelSettings model, boolean isRequired) {
    this.factors = Checks.notNull("model", model).factors().factors();
    this.maxItems = model.replica().items().maxItems();
    this.isRequired = isRequired;
  }

  @Override
  public void open(OpenContext openContext) {
    deadLetters = getRuntimeContext().getMetricGroup().counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(String path, Context context, Collector<ModelRow> out)
      throws Exception {
    try {
      check(path);
    } catch (IOException | RuntimeException e) {
      if (isRequired) {
        throw e;
      }
      deadLetters.inc();
      reasons.inc("model must be readable, got " + e.getClass().getSimpleName());
      String reason = "model must be readable, got " + e.getMessage();
      context.output(
          DeadLetter.TAG, DeadLetter.of("model-read", reason, path, DeadLetter.UNKNOWN_TIMESTAMP));
      return;
    }
    try (FactorModelReader reader = open(path)) {
      FactorModelHeader header = reader.header();
      while (reader.hasNext()) {
        FactorRow row = reader.next();
        boolean isItem = row.side() == FactorRow.Side.ITEM;
        out.collect(
            new ModelRow(header.version(), header.items(), isItem, row.id(), row.factors()));
      }
    }
  }

  private void check(String path) throws IOException {
    try (FactorModelReader reader = open(path)) {
      FactorModelHeader header = reader.header();
      require(path, header.version() >= 1, "version must be at least 1, got " + header.version());
      require(
          path,
          header.factors() == factors,
          "factors must be " + factors + " of the running model, got " + header.factors());
      require(
          path,
          header.items() >= 1 && header.items() <= maxItems,
          "items must be between 1 and " + maxItems + ", got " + header.items());
      while (reader.hasNext()) {
        String id = reader.next().id();
        require(path, !id.isBlank(), "ids must be not blank, got \"" + id + "\"");
      }
    }
  }

  private static void require(String path, boolean holds, String violation) throws IOException {
    if (!holds) {
      throw new IOException(path + ": " + violation);
    }
  }

  private static FactorModelReader open(String path) throws IOException {
    Path file = new Path(path);
    return new FactorModelReader(file.getFileSystem().open(file), path);
  }
}
