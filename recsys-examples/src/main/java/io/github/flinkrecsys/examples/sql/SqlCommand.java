/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.sql;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.stream.ShopStream;
import io.github.flinkrecsys.examples.stream.ShopStreamConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the statements of a file in this process, one after the other. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description =
        "Runs a file of SQL statements with a Flink in this process, each to its end. The same"
            + " file runs in Flink's SQL client.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:a statement failed", "2:an option or the file cannot be used"})
public final class SqlCommand implements Callable<Integer> {
  private static final Pattern SET =
      Pattern.compile("SET\\s+'([^']+)'\\s*=\\s*'([^']*)'", Pattern.CASE_INSENSITIVE);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "statements, each with a semicolon at its end")
  private Path file;

  @Option(
      names = "--sample-events",
      paramLabel = "CSV",
      description =
          "first write generated interactions to this file: user_id,item_id,event_type,time_millis")
  private Path sample;

  /** Makes the command, as picocli requires. */
  public SqlCommand() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    String script = read(file);
    if (sample != null) {
      writeSample(sample);
    }
    TableEnvironment tables = TableEnvironment.create(settings());
    // The next statement may read what this one writes.
    tables.getConfig().set("table.dml-sync", "true");
    for (String statement : SqlScript.split(script)) {
      Matcher set = SET.matcher(statement);
      if (set.matches()) {
        tables.getConfig().set(set.group(1), set.group(2));
      } else {
        out.println("> " + statement.lines().findFirst().orElse(""));
        out.flush();
        TableResult result = tables.executeSql(statement);
        if (result.getJobClient().isPresent() && isQuery(statement)) {
          result.print();
        }
      }
    }
    return 0;
  }

  /** Refuses Kryo and operators without a uid, as all jobs of the examples do. */
  private static EnvironmentSettings settings() {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    // The planner's own operators get uids only where a plan is compiled, unless told so.
    configuration.setString("table.exec.uid.generation", "ALWAYS");
    return EnvironmentSettings.newInstance()
        .inStreamingMode()
        .withConfiguration(configuration)
        .build();
  }

  private static boolean isQuery(String statement) {
    return statement.regionMatches(true, 0, "SELECT", 0, 6)
        || statement.regionMatches(true, 0, "WITH", 0, 4);
  }

  private static String read(Path file) throws InputException {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new InputException("FILE must exist, got " + file);
    } catch (IOException e) {
      throw new InputException("FILE must be a text file in UTF-8, got " + file + ": " + e);
    }
  }

  static void writeSample(Path file) throws IOException {
    try (PrintWriter lines =
        new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      ShopStream stream = new ShopStream(ShopStreamConfig.builder().events(2_000).build());
      while (stream.hasNext()) {
        Interaction event = stream.next();
        lines.printf(
            "%s,%s,%s,%d%n", event.userId(), event.itemId(), event.type(), event.timestampMillis());
      }
      if (lines.checkError()) {
        throw new IOException("could not write " + file);
      }
    }
  }
}
