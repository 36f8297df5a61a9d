/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.rerank;

import io.github.flinkrecsys.core.feature.TrainingExample;
import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.JobOptions;
import io.github.flinkrecsys.examples.stream.ShopOptions;
import io.github.flinkrecsys.examples.stream.ShopStreamConfig;
import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.ModelLimits;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.SharedModels;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ranks the blend's candidates again by a model, and writes what a model can be trained on. */
@Command(
    name = "rerank",
    mixinStandardHelpOptions = true,
    description =
        "Replays a generated shop stream, ranks the blend's candidates by an ONNX model, or as the"
            + " blend does without one, and prints how many of the items shown were followed. Writes"
            + " labelled examples of exactly the features that were served.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the job failed", "2:an option or the model cannot be used"})
public final class RerankCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "ONNX model from float features [batch, width] to float score [batch, 1]; --columns"
              + " names the features")
  private Path model;

  @Option(
      names = "--examples",
      paramLabel = "FILE",
      description = "write labelled examples as CSV: label, then the features")
  private Path examples;

  @Option(names = "--columns", description = "print the names of the features, and no more")
  private boolean columns;

  @Mixin private ShopOptions shop = new ShopOptions(50_000);

  @Mixin private JobOptions job = new JobOptions();

  /** Makes the command, as picocli requires. */
  public RerankCommand() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (columns) {
      out.println(String.join(",", RerankJob.FEATURES.columns()));
      return 0;
    }
    ShopStreamConfig stream = checkedStream();
    ModelVersion version = checkedModel();
    StreamExecutionEnvironment env = job.environment(configuration());
    shop.describe(out);
    CloseableIterator<TrainingExample> labelled =
        new RerankJob(stream, version).build(env).executeAndCollect("recsys rerank");
    try {
      write(labelled, out);
    } finally {
      labelled.close();
    }
    return 0;
  }

  private ShopStreamConfig checkedStream() throws InputException {
    try {
      job.check();
      return shop.config();
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage());
    }
  }

  /** Loads the model once here, so that a wrong one is found before the job starts. */
  private ModelVersion checkedModel() throws InputException {
    if (model == null) {
      return null;
    }
    ModelVersion version = new ModelVersion(1, model.toAbsolutePath().toUri().toString());
    try (SharedModels.Lease lease =
        SharedModels.open(version, RerankJob.contract(), ModelLimits.DEFAULT)) {
      return lease.model().version();
    } catch (ModelException e) {
      throw new InputException(e.getMessage());
    }
  }

  private void write(CloseableIterator<TrainingExample> labelled, PrintWriter out)
      throws IOException {
    long count = 0;
    long positive = 0;
    try (BufferedWriter file = examples == null ? null : Files.newBufferedWriter(examples)) {
      if (file != null) {
        file.write("label," + String.join(",", RerankJob.FEATURES.columns()) + "\n");
      }
      while (labelled.hasNext()) {
        TrainingExample example = labelled.next();
        count++;
        positive += example.label() > 0 ? 1 : 0;
        if (file != null) {
          file.write(line(example));
        }
      }
    }
    out.printf(
        Locale.ROOT,
        "%,d items shown, %,d of them followed within 30 minutes: %.4f%n",
        count,
        positive,
        count == 0 ? Double.NaN : (double) positive / count);
  }

  private static String line(TrainingExample example) {
    StringBuilder line = new StringBuilder().append(example.label());
    for (float feature : example.features()) {
      line.append(',').append(feature);
    }
    return line.append('\n').toString();
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("execution.buffer-timeout.interval", "5 ms");
    return configuration;
  }
}
