/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flinkrecsys.inference.testing.TestModels;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples with models as a user does, by their command lines. */
class OnnxModelsTest {
  private static final Pattern FOLLOWED = Pattern.compile("followed within 30 minutes: ([0-9.]+)");

  @TempDir private Path folder;

  private record Run(int exitCode, String out, String err) {
    double followed() {
      Matcher figures = FOLLOWED.matcher(out);
      assertThat(figures.find()).as(out).isTrue();
      return Double.parseDouble(figures.group(1));
    }
  }

  @Test
  void aModelRanksTheCandidatesAgainAndExamplesAreThoseThatWereServed() throws Exception {
    String columns = run("rerank", "--columns").out.strip();
    int width = columns.split(",").length;
    assertThat(columns).contains("user.events7d,", ",list.score,list.place,", ",item.cartRate");
    Path examples = folder.resolve("examples.csv");
    Run blend = run("rerank", "--events", "3000", "--examples", examples.toString());
    assertThat(blend.exitCode).as(blend.err).isZero();
    List<String> lines = Files.readAllLines(examples);
    assertThat(lines.get(0)).isEqualTo("label," + columns);
    assertThat(lines).hasSizeGreaterThan(10_000);
    assertThat(lines.subList(1, lines.size()))
        .allMatch(line -> line.split(",").length == 1 + width)
        .anyMatch(line -> line.startsWith("1.0,"));

    // By the blend's own score the order stays, by its negative the worst come first.
    float[] byScore = new float[width];
    byScore[List.of(columns.split(",")).indexOf("list.score")] = 1;
    Run same = run("rerank", "--events", "3000", "--model", model(columns, byScore));
    assertThat(same.exitCode).as(same.err).isZero();
    byScore[List.of(columns.split(",")).indexOf("list.score")] = -1;
    Run reversed = run("rerank", "--events", "3000", "--model", model(columns, byScore));
    assertThat(reversed.followed()).isLessThan(0.8 * same.followed());
    assertThat(same.followed()).isCloseTo(blend.followed(), withinPercentage(20));

    Run narrow = run("rerank", "--model", model(columns, 1f));
    assertThat(narrow.exitCode).isEqualTo(2);
    assertThat(narrow.err)
        .startsWith("error: model file:")
        .contains("input features must have the shape [batch, " + width + "], has [free, 1]");
  }

  @Test
  void aSequenceModelIsASourceOfTheMainJob() throws Exception {
    // Every item is followed by the next: a to b, b to c, c to a.
    float[] table = {0, 0, 0, 0, 9, 0, 0, 0, 9, 9, 0, 0};
    Path model = TestModels.sumOfRows(1, 3, table).write(folder.resolve("next.onnx"));
    Path items = Files.writeString(folder.resolve("items.txt"), "a\nb\nc\n");
    StringBuilder log = new StringBuilder("SessionId\tItemId\tTime\n");
    for (int n = 0; n < 300; n++) {
      log.append("s").append(n).append("\t").append("abc".charAt(n % 3)).append("\t");
      log.append(1_000_000 + 10 * n).append(".0\n");
      log.append("s").append(n).append("\t").append("abc".charAt((n + 1) % 3)).append("\t");
      log.append(1_000_005 + 10 * n).append(".0\n");
    }
    Path input = Files.writeString(folder.resolve("log.tsv"), log);
    Path report = folder.resolve("report.json");
    Run run =
        run(
            "quickstart",
            "--input",
            input.toString(),
            "--format",
            "sessions",
            "--k",
            "10",
            "--sequence-model",
            model.toString(),
            "--sequence-items",
            items.toString(),
            "--sequence-length",
            "1",
            "--report",
            report.toString());
    assertThat(run.exitCode).as(run.err).isZero();
    JsonNode source =
        new ObjectMapper().readTree(report.toFile()).get("sources").get("sequence-model");
    assertThat(source.get("scored").asLong()).isGreaterThan(250);
    // Of two candidates, the other is never first.
    assertThat(source.get("mrrAt10").asDouble())
        .isGreaterThan(0.9 * source.get("recallAt10").asDouble());
    assertThat(source.get("recallAt10").asDouble()).isGreaterThan(0.4);
    Run half = run("quickstart", "--sequence-model", model.toString());
    assertThat(half.exitCode).isEqualTo(2);
    assertThat(half.err).contains("sequence-model and sequence-items must be given together");
  }

  @Test
  void theRealGruPredictsTheNextItemsOfRealSessions() throws Exception {
    Path shared = Path.of("../../shared").toAbsolutePath();
    Path model = shared.resolve("models/session-gru.onnx");
    Path sessions = shared.resolve("data/rsc15-100k/test.tsv");
    assumeTrue(
        Files.exists(model) && Files.exists(sessions),
        "SKIPPED: no model at ../shared/models or no sessions at ../shared/data/rsc15-100k");
    List<String> lines = Files.readAllLines(sessions);
    Path some = Files.write(folder.resolve("some.tsv"), lines.subList(0, 2_000));
    Path report = folder.resolve("report.json");
    Run run =
        run(
            "quickstart",
            "--input",
            some.toString(),
            "--format",
            "sessions",
            "--sequence-model",
            model.toString(),
            "--sequence-items",
            shared.resolve("models/session-gru.items.txt").toString(),
            "--report",
            report.toString());
    assertThat(run.exitCode).as(run.err).isZero();
    JsonNode sources = new ObjectMapper().readTree(report.toFile()).get("sources");
    // It was trained on earlier sessions of the shop; what the stream teaches starts from nothing.
    assertThat(sources.get("sequence-model").get("recallAt10").asDouble())
        .isGreaterThan(sources.get("factors").get("recallAt10").asDouble());
  }

  private String model(String columns, float... weights) throws Exception {
    return TestModels.linear(weights)
        .metadata("recsys.columns.features", columns)
        .write(folder.resolve("model.onnx"))
        .toString();
  }

  private static Run run(String... args) {
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exitCode = RecsysExamples.run(args);
      return new Run(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
    }
  }
}
