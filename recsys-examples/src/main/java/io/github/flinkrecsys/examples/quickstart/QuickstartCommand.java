/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.als.FactorModelHeader;
import io.github.flinkrecsys.core.als.FactorModelReader;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.JobOptions;
import io.github.flinkrecsys.examples.RecommenderOptions;
import io.github.flinkrecsys.examples.ReportFile;
import io.github.flinkrecsys.examples.stream.ShopOptions;
import io.github.flinkrecsys.examples.stream.ShopStreamConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the main job and prints what it measures. */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    description =
        "Reads a stream, recommends after every event, and measures itself while it runs.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the job failed", "2:an option or the input cannot be used"})
public final class QuickstartCommand implements Callable<Integer> {
  private static final int WINDOWS = 20;

  @Spec private CommandSpec spec;

  @Option(names = "--input", paramLabel = "FILE", description = "interactions; default: generated")
  private Path input;

  @Option(
      names = "--format",
      description = "of the input: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private InputFormat format = InputFormat.movielens;

  @Option(
      names = "--min-rating",
      paramLabel = "N",
      description = "leave out interactions of less weight")
  private Double minRating;

  @Option(
      names = "--titles",
      paramLabel = "FILE",
      description = "item titles; default: u.item, movies.dat or movies.csv beside the input")
  private Path titles;

  @Mixin private ShopOptions shop = new ShopOptions(200_000);

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "events per second; default: as fast as it goes")
  private double rate;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "events at the start whose latency does not count; default: ${DEFAULT-VALUE}")
  private long warmUp;

  @Mixin private JobOptions job = new JobOptions();

  @Mixin private RecommenderOptions recommender = new RecommenderOptions();

  @Option(
      names = "--judged-users",
      paramLabel = "SHARE",
      description =
          "share of users who are judged, and whose choices the blend learns from; default:"
              + " ${DEFAULT-VALUE}")
  private double judgedUsers = 1;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "model file of the als command to start from; sets the length of the vectors")
  private Path model;

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      description = "event time per line of progress, as PT1H; default: a twentieth of the stream")
  private Duration window;

  @Option(names = "--report", paramLabel = "FILE", description = "write every total as JSON")
  private Path report;

  @Mixin private SequenceOptions sequence = new SequenceOptions();

  @Mixin private PageOptions page = new PageOptions();

  /** Makes the command, as picocli requires. */
  public QuickstartCommand() {}

  @Override
  public Integer call() throws Exception {
    QuickstartOptions options = checkedOptions();
    ReportFile reportFile = report == null ? null : ReportFile.open(report);
    PrintWriter out = spec.commandLine().getOut();
    Map<String, String> titleOf = ItemTitles.read(titles, input, options.shop());
    if (input == null) {
      shop.describe(out);
    } else {
      describe(options.inputFile(), out);
    }
    try (LivePage livePage = page.open(titleOf, out);
        QuickstartRun run = new QuickstartRun(options, new Progress(out), livePage)) {
      Summary summary = new Summary(run.run(), titleOf);
      summary.print(out);
      if (reportFile != null) {
        reportFile.write(summary.report());
      }
    }
    return 0;
  }

  private void describe(InputFile file, PrintWriter out) {
    // With the times, since seconds that were taken for milliseconds show there alone.
    out.printf(
        "%s: %,d interactions from %s to %s%s%n",
        input.getFileName(),
        file.interactions(),
        Instant.ofEpochMilli(file.firstMillis()),
        Instant.ofEpochMilli(file.lastMillis()),
        file.wasSorted() ? "" : ", not in time order: sorted");
    if (file.refused() > 0) {
      out.printf("%,d lines will be refused, as %s%n", file.refused(), file.firstRefusal());
    }
  }

  private QuickstartOptions checkedOptions() throws InputException {
    try {
      return options();
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage());
    }
  }

  /** Reads the whole file, so that a broken one is found before the job starts. */
  private static int factorsOf(Path model) throws InputException {
    try (FactorModelReader reader = FactorModelReader.open(model)) {
      FactorModelHeader header = reader.header();
      Checks.require(header.version() >= 1, "version of the model", "at least 1", header.version());
      while (reader.hasNext()) {
        reader.next();
      }
      return header.factors();
    } catch (NoSuchFileException e) {
      throw new InputException("model must be a file that exists, got " + model);
    } catch (IOException e) {
      throw new InputException("model must be a whole model file, got " + e.getMessage());
    }
  }

  private QuickstartOptions options() throws InputException {
    Checks.nonNegative("rate", rate);
    Checks.nonNegative("warm-up", warmUp);
    RecommenderOptions.check(recommender.factors(), recommender.k());
    Checks.require(
        judgedUsers >= 0 && judgedUsers <= 1, "judged-users", "in [0.0, 1.0]", judgedUsers);
    ShopStreamConfig stream = shop.config();
    InputFile file = input == null ? null : InputFile.read(input, format);
    double highest = file == null ? 1 : file.highestWeight();
    Checks.require(
        minRating == null || minRating <= highest,
        "min-rating",
        "at most the highest weight there is (" + highest + ")",
        minRating);
    long span =
        file == null
            ? (long) (1000 * stream.events() / stream.eventsPerSecond())
            : file.lastMillis() - file.firstMillis();
    Duration perLine =
        window == null
            ? Duration.ofMillis(Math.max(1000, span / WINDOWS + 1))
            : Checks.positive("window", window);
    return new QuickstartOptions(
        input,
        file,
        format,
        minRating == null ? Double.NEGATIVE_INFINITY : minRating,
        stream,
        perLine,
        rate,
        warmUp,
        job.check(),
        model == null ? recommender.factors() : factorsOf(model),
        recommender.k(),
        judgedUsers,
        model,
        sequence.config(),
        file != null && format == InputFormat.movielens && minRating == null);
  }
}
