/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.als;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flinkrecsys.core.als.AllItemsRanking;
import io.github.flinkrecsys.core.als.FactorModel;
import io.github.flinkrecsys.core.als.FactorModelFile;
import io.github.flinkrecsys.core.als.ImplicitAls;
import io.github.flinkrecsys.core.als.ImplicitAlsConfig;
import io.github.flinkrecsys.core.als.InteractionMatrix;
import io.github.flinkrecsys.core.als.ModelAlignment;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.ReportFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains an offline model on one file of pairs and judges it on another. */
@Command(
    name = "als",
    mixinStandardHelpOptions = true,
    description =
        "Factorizes pairs of user and item by iALS on all cores, and measures how well the lists of"
            + " 20 unseen items meet the test pairs.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the training failed", "2:an option or the input cannot be used"})
public final class AlsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      required = true,
      description = "pairs to learn from")
  private Path train;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      required = true,
      description = "pairs that the lists should meet")
  private Path test;

  @Option(
      names = "--format",
      description = "of both files: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private PairFormat format = PairFormat.PAIRS_BY_USER;

  @Option(names = "--report", paramLabel = "FILE", description = "write the figures as JSON")
  private Path report;

  @Option(names = "--model", paramLabel = "FILE", description = "write the model")
  private Path model;

  @Option(
      names = "--model-version",
      paramLabel = "N",
      description = "of the model that is written; default: ${DEFAULT-VALUE}")
  private long modelVersion = 1;

  @Option(
      names = "--on-flink",
      description = "train as a bounded Flink job instead of in this process")
  private boolean onFlink;

  @Option(
      names = "--blocks",
      paramLabel = "N",
      description =
          "that users and items are each spread over with --on-flink; default: ${DEFAULT-VALUE}")
  private int blocks = 16;

  @Option(
      names = "--align-to",
      paramLabel = "FILE",
      description =
          "model whose axes the new one takes, so that a job can go from one to the other")
  private Path alignTo;

  @Mixin private AlsOptions hyperparameters;

  /** Makes the command, as picocli requires. */
  public AlsCommand() {}

  @Override
  public Integer call() throws Exception {
    ImplicitAlsConfig config = checkedConfig();
    ReportFile reportFile = report == null ? null : ReportFile.open(report);
    checkModelFolder();
    FactorModel older = alignTo == null ? null : older(config.factors());
    PrintWriter out = spec.commandLine().getOut();
    InteractionMatrix.Builder pairs = InteractionMatrix.builder();
    PairsByUserFile.read("--train", train, pairs::add);
    InteractionMatrix matrix = pairs.build();
    HeldOut heldOut = HeldOut.read("--test", test, matrix);
    out.printf(
        "%s: %,d pairs of %,d users and %,d items; %,d test users unknown%n",
        train.getFileName(),
        matrix.pairs(),
        matrix.userIds().size(),
        matrix.itemIds().size(),
        heldOut.unknownUsers());
    out.flush();

    long start = System.nanoTime();
    FactorModel trained =
        onFlink
            ? new FlinkTraining(config, blocks).train(train, matrix, modelVersion)
            : new ImplicitAls(config).train(matrix, modelVersion);
    trained = older == null ? trained : align(trained, older);
    double seconds = (System.nanoTime() - start) / 1e9;
    // Before the evaluation, which needs memory of its own.
    PeakMemory memory = PeakMemory.soFar();
    out.printf("trained in %.1f s, at most %,.0f MiB%n", seconds, memory.mebibytes());
    out.flush();
    if (model != null) {
      write(trained);
    }
    HeldOutMetrics metrics =
        HeldOutMetrics.of(new AllItemsRanking(trained, matrix), heldOut.wanted(), config.threads());
    out.printf(
        "%,d test users: recall@20 %.4f, NDCG@20 %.4f%n",
        metrics.users(), metrics.recallAt20(), metrics.ndcgAt20());
    out.flush();
    if (reportFile != null) {
      reportFile.write(figures(config, matrix, metrics, seconds, memory));
    }
    return 0;
  }

  private ImplicitAlsConfig checkedConfig() throws InputException {
    try {
      Checks.nonNegative("model-version", modelVersion);
      Checks.between("blocks", blocks, 1, 1_000_000);
      return hyperparameters.config();
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage());
    }
  }

  /** Before a long training, not after it. */
  private void checkModelFolder() throws InputException {
    if (model != null
        && (Files.isDirectory(model) || !Files.isWritable(model.toAbsolutePath().getParent()))) {
      throw modelNotWritable();
    }
  }

  /** Before a long training, too. */
  private FactorModel older(int factors) throws InputException {
    try {
      FactorModel older = FactorModelFile.read(alignTo);
      if (older.factors() != factors) {
        throw new InputException(
            "--align-to must have %d factors, got %d".formatted(factors, older.factors()));
      }
      return older;
    } catch (IOException e) {
      throw new InputException("--align-to must be a model file, got " + e.getMessage());
    }
  }

  private FactorModel align(FactorModel trained, FactorModel older) throws InputException {
    try {
      return ModelAlignment.align(trained, older);
    } catch (IllegalArgumentException e) {
      throw new InputException("--align-to must have items of the input, got none of them");
    }
  }

  private InputException modelNotWritable() {
    return new InputException("--model must be a file that can be written, got " + model);
  }

  private void write(FactorModel trained) throws InputException {
    try {
      FactorModelFile.write(model, trained);
    } catch (IOException e) {
      throw modelNotWritable();
    }
  }

  private ObjectNode figures(
      ImplicitAlsConfig config,
      InteractionMatrix matrix,
      HeldOutMetrics metrics,
      double seconds,
      PeakMemory memory) {
    ObjectNode node = ReportFile.newReport();
    ReportFile.put(node, "recallAt20", metrics.recallAt20());
    ReportFile.put(node, "ndcgAt20", metrics.ndcgAt20());
    ReportFile.put(node, "seconds", seconds);
    ReportFile.put(node, "peakMemoryMiB", memory.mebibytes());
    node.put("memoryMeasure", memory.measure());
    node.put("testUsers", metrics.users());
    node.put("users", matrix.userIds().size());
    node.put("items", matrix.itemIds().size());
    node.put("pairs", matrix.pairs());
    node.put("factors", config.factors());
    node.put("iterations", config.iterations());
    node.put("regularization", config.regularization());
    node.put("regularizationExponent", config.regularizationExponent());
    node.put("unobservedWeight", config.unobservedWeight());
    node.put("popularityExponent", config.popularityExponent());
    node.put("initialStandardDeviation", config.initialStandardDeviation());
    node.put("seed", config.seed());
    node.put("threads", config.threads());
    node.put("onFlink", onFlink);
    return node;
  }
}
