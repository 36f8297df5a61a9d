/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the replay of sessions as a user does, by its command line. */
class NextItemTest {
  @TempDir private Path folder;

  private record Run(int exitCode, String out, String err, JsonNode report) {}

  @Test
  void aTestSessionHelpsTheNextOneUnlessTheIndexIsFrozen() throws Exception {
    String train = write("train.tsv", "SessionId\tItemId\tTime\n1\ta\t10\n1\tb\t20\n");
    // Session 1 is not that of the training file. Session 2 comes after it has closed.
    String test =
        write(
            "test.tsv", "1\tx\t100.5\n1\ty\t110\n2\tx\t5000\n2\ty\t5010\n3\ta\t5020\n3\tb\t5030\n");
    JsonNode live = run("--train", train, "--test", test).report;
    assertThat(live.get("predictions").asInt()).isEqualTo(3);
    assertThat(live.get("hitRateAt20").asDouble()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(live.get("mrrAt20").asDouble()).isBetween(0.3, 2 / 3.0);
    assertThat(live.get("latencyMicros").get("p90").asDouble())
        .isGreaterThanOrEqualTo(live.get("latencyMicros").get("p50").asDouble());
    JsonNode frozen = run("--train", train, "--test", test, "--freeze").report;
    assertThat(frozen.get("hitRateAt20").asDouble()).isCloseTo(1 / 3.0, within(1e-9));
  }

  @Test
  void nothingToPredictIsNull() throws Exception {
    String file = write("train.tsv", "1\ta\t10\n");
    JsonNode report = run("--train", file, "--test", file, "--format", "sessions").report;
    assertThat(report.get("predictions").asInt()).isZero();
    assertThat(report.get("hitRateAt20").isNull()).isTrue();
  }

  @Test
  void aSessionAtTheEndOfTimeIsNotKnownBefore() throws Exception {
    String train = write("train.tsv", "1\ta\t10\n");
    String last = "9223372036854775";
    String test = "1\tx\t%1$s\n1\ty\t%1$s\n2\tx\t100\n2\ty\t110\n".formatted(last);
    JsonNode live = run("--train", train, "--test", write("test.tsv", test)).report;
    assertThat(live.get("predictions").asInt()).isEqualTo(2);
    assertThat(live.get("hitRateAt20").asDouble()).as("session 2 helps 1").isEqualTo(0.5);
    JsonNode first = run("--train", train, "--test", write("test.tsv", test), "--freeze").report;
    assertThat(first.get("hitRateAt20").asDouble()).isZero();
  }

  @Test
  void aReportThatCannotBeWrittenStopsTheReplayBeforeItBegins() throws Exception {
    String file = write("train.tsv", "1\ta\t10\n");
    Run run = run("--train", file, "--test", file, "--report", folder.toString());
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.out).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--train FILE",
        "--train MISSING --test FILE",
        "--train FILE --test EMPTY",
        "--train FILE --test FILE --neighbors 0",
        "--train FILE --test FILE --gap PT0S",
        "--train FILE --test FILE --format gopher",
        "--train FILE --test FILE --foo"
      })
  void whatCannotBeUsedIsOneLineAndExitCodeTwo(String options) throws Exception {
    String line =
        options
            .replace("FILE", write("file.tsv", "1\ta\t10\n"))
            .replace("EMPTY", write("empty.tsv", "nonsense\n"))
            .replace("MISSING", folder.resolve("missing.tsv").toString());
    Run run = run(line.split(" "));
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err.lines()).hasSize(1).allMatch(text -> text.startsWith("error: "));
  }

  @Test
  void theShopsSessionsArePredicted() throws Exception {
    JsonNode live = run("--train", shop("train.tsv"), "--test", shop("test.tsv")).report;
    assertThat(live.get("predictions").asInt()).isEqualTo(10_152);
    assertThat(live.get("hitRateAt20").asDouble()).isGreaterThanOrEqualTo(0.700);
    assertThat(live.get("mrrAt20").asDouble()).isGreaterThanOrEqualTo(0.365);
  }

  @Test
  void theShopsSessionsArePredictedByAFrozenIndexToo() throws Exception {
    JsonNode frozen =
        run("--train", shop("train.tsv"), "--test", shop("test.tsv"), "--freeze").report;
    assertThat(frozen.get("predictions").asInt()).isEqualTo(10_152);
    assertThat(frozen.get("hitRateAt20").asDouble()).isGreaterThanOrEqualTo(0.700);
    assertThat(frozen.get("mrrAt20").asDouble()).isGreaterThanOrEqualTo(0.365);
  }

  private static String shop(String name) {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "SKIPPED: the project's root was not found");
    Path file = root.resolveSibling("shared").resolve("data/rsc15-100k").resolve(name);
    assumeTrue(Files.exists(file), "SKIPPED: no sessions at ../shared/data/rsc15-100k/" + name);
    return file.toString();
  }

  private String write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private Run run(String... options) throws Exception {
    Path report = folder.resolve("report.json");
    List<String> args = new ArrayList<>(List.of("next-item"));
    args.addAll(Arrays.asList(options));
    if (!args.contains("--report")) {
      args.addAll(List.of("--report", report.toString()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    int exitCode;
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      exitCode = RecsysExamples.run(args.toArray(String[]::new));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
    JsonNode json = Files.exists(report) ? new ObjectMapper().readTree(report.toFile()) : null;
    return new Run(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), json);
  }
}
