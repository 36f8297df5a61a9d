/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.nextitem;

import io.github.flinkrecsys.core.neighbor.SessionIndex;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.ReportFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays sessions against an index of earlier ones and prints how often the next item was met. */
@Command(
    name = "next-item",
    mixinStandardHelpOptions = true,
    description =
        "Predicts the next item at every position of the test sessions from the sessions before"
            + " them. A plain loop around the library's core, in one thread and without Flink.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the replay failed", "2:an option or the input cannot be used"})
public final class NextItemCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      required = true,
      description = "sessions that are in the index from the start")
  private Path train;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      required = true,
      description =
          "sessions that are replayed; their ids have nothing to do with those of --train")
  private Path test;

  @Option(
      names = "--format",
      description = "of both files: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private SessionFormat format = SessionFormat.sessions;

  @Option(names = "--report", paramLabel = "FILE", description = "write the figures as JSON")
  private Path report;

  @Option(names = "--freeze", description = "leave the index as it is after --train")
  private boolean freeze;

  @Option(
      names = "--gap",
      paramLabel = "DURATION",
      description =
          "pause after its last click at which a test session is closed and enters the index;"
              + " default: ${DEFAULT-VALUE}")
  private Duration gap = Duration.ofMinutes(30);

  @Mixin private MethodOptions method;

  /** Makes the command, as picocli requires. */
  public NextItemCommand() {}

  @Override
  public Integer call() throws Exception {
    SessionIndex index;
    SessionNeighborConfig query;
    try {
      index = new SessionIndex(method.index());
      query = method.query();
      Checks.positive("gap", gap);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage());
    }
    ReportFile reportFile = report == null ? null : ReportFile.open(report);
    PrintWriter out = spec.commandLine().getOut();
    SessionFile before = SessionFile.read("--train", train);
    SessionFile replayed = SessionFile.read("--test", test);
    before.sessions().forEach(visit -> index.add(visit.closed("train")));
    out.printf(
        "%s: %,d sessions of %,d items in %,d bytes; %s: %,d sessions; %,d lines left out%n",
        train.getFileName(),
        index.size(),
        index.itemCount(),
        index.bytes(),
        test.getFileName(),
        replayed.sessions().size(),
        before.malformedLines() + replayed.malformedLines());
    Replay replay = new Replay(index, query);
    replay.run(replayed.sessions(), freeze, gap.toMillis());
    NextItemReport measured = replay.report();
    measured.print(out);
    if (reportFile != null) {
      reportFile.write(measured.report());
    }
    return 0;
  }
}
