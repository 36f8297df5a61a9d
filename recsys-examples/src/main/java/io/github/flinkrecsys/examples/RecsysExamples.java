/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

import io.github.flinkrecsys.examples.als.AlsCommand;
import io.github.flinkrecsys.examples.kafka.KafkaToRedisCommand;
import io.github.flinkrecsys.examples.nextitem.NextItemCommand;
import io.github.flinkrecsys.examples.quickstart.QuickstartCommand;
import io.github.flinkrecsys.examples.rerank.RerankCommand;
import io.github.flinkrecsys.examples.serve.ServeCommand;
import io.github.flinkrecsys.examples.sql.SqlCommand;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

/** Entry point of the self-contained jar: one subcommand per job. */
@Command(
    name = "recsys-examples",
    description = "Recommendation jobs for Apache Flink.",
    mixinStandardHelpOptions = true,
    version = "recsys-examples 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QuickstartCommand.class,
      NextItemCommand.class,
      AlsCommand.class,
      ServeCommand.class,
      KafkaToRedisCommand.class,
      RerankCommand.class,
      SqlCommand.class
    })
public final class RecsysExamples {
  private RecsysExamples() {}

  /**
   * Runs a command.
   *
   * @param args of the command line
   */
  public static void main(String[] args) {
    int exitCode = run(args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  static int run(String... args) {
    return new CommandLine(new RecsysExamples())
        .registerConverter(Duration.class, RecsysExamples::duration)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("error: " + OneLine.of(failure));
              return failure instanceof InputException ? 2 : 1;
            })
        .setParameterExceptionHandler(
            (failure, arguments) -> {
              // Not its cause, which knows the value but not the option.
              String message = OneLine.firstOf(failure.getMessage());
              failure.getCommandLine().getErr().println("error: " + message);
              return 2;
            })
        .execute(args);
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' is not a duration, as PT30M or P1D");
    }
  }
}
