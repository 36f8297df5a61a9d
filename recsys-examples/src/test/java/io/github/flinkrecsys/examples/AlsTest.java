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
import io.github.flinkrecsys.core.als.FactorModel;
import io.github.flinkrecsys.core.als.FactorModelFile;
import io.github.flinkrecsys.core.vector.VectorOps;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trains a model as a user does, by the command line. */
class AlsTest {
  @TempDir private Path folder;

  private record Run(int exitCode, String err, JsonNode report) {}

  @Test
  void judgesListsOfUnseenItemsAndKeepsTheModel() throws Exception {
    // Nobody can be given more than the one item that he has not seen: u1 c, u2 b, u3 a.
    String train = write("train.txt", "u1 a b\nu2 a  c\n\nu3 b c c\nu4\n");
    // u1 finds c, its one item; u2 one of two, the other being unknown; u3 nothing; u9 is unknown.
    String test = write("test.txt", "u1 c\nu2 b nobody\nu3 b\nu9 a\n");
    Path model = folder.resolve("model");
    JsonNode report =
        run(
                "--train",
                train,
                "--test",
                test,
                "--format",
                "pairs-by-user",
                "--factors",
                "2",
                "--model",
                model.toString(),
                "--model-version",
                "9")
            .report;
    assertThat(report.get("testUsers").asInt()).isEqualTo(3);
    assertThat(report.get("recallAt20").asDouble()).isCloseTo((1 + 0.5 + 0) / 3, within(1e-9));
    double idealOfTwo = 1 + Math.log(2) / Math.log(3);
    assertThat(report.get("ndcgAt20").asDouble()).isCloseTo((1 + 1 / idealOfTwo) / 3, within(1e-9));
    assertThat(report.get("seconds").asDouble()).isPositive();
    assertThat(report.get("peakMemoryMiB").asDouble()).isGreaterThan(10);
    assertThat(report.get("pairs").asInt()).isEqualTo(6);
    assertThat(report.get("initialStandardDeviation").asDouble()).isEqualTo(0.1);
    FactorModel kept = FactorModelFile.read(model);
    assertThat(kept.version()).isEqualTo(9);
    assertThat(kept.userIds()).containsExactly("u1", "u2", "u3");
    assertThat(kept.itemIds()).containsExactly("a", "b", "c");
    assertThat(kept.factors()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"u a", "u a b c d e f g h", "u a\nv a\nw a\nx a\ny a\nz a"})
  void onePairOneUserOrOneItemIsEnough(String pairs) throws Exception {
    // The one test item is nobody's yet, so that every figure is a plain 0 and not NaN.
    String train = write("train.txt", pairs);
    String test = write("test.txt", "u new\n");
    Run run = run("--train", train, "--test", test, "--factors", "8");
    assertThat(run.exitCode).as(run.err).isZero();
    assertThat(run.report.get("testUsers").asInt()).isEqualTo(1);
    assertThat(run.report.get("recallAt20").doubleValue()).isZero();
    assertThat(run.report.get("ndcgAt20").doubleValue()).isZero();
  }

  @Test
  void aJobTrainsTheSameModel() throws Exception {
    StringBuilder pairs = new StringBuilder();
    for (int u = 0; u < 40; u++) {
      pairs.append("u").append(u);
      for (int n = 0; n < 6; n++) {
        pairs.append(" i").append((u % 4) * 8 + (u * 3 + n * n) % 8);
      }
      pairs.append('\n');
    }
    String train = write("train.txt", pairs.toString());
    String[] options = {"--train", train, "--test", train, "--factors", "4", "--model"};
    Path local = folder.resolve("local");
    Path job = folder.resolve("job");
    run(with(options, local.toString()));
    Run run = run(with(options, job.toString(), "--on-flink", "--blocks", "3"));
    assertThat(run.exitCode).as(run.err).isZero();
    assertThat(run.report.get("onFlink").asBoolean()).isTrue();
    FactorModel expected = FactorModelFile.read(local);
    FactorModel trained = FactorModelFile.read(job);
    assertThat(trained.userIds()).isEqualTo(expected.userIds());
    for (int u = 0; u < 40; u++) {
      for (int i = 0; i < expected.itemIds().size(); i++) {
        assertThat(dot(trained.user(u), trained.item(i)))
            .as("%d %d", u, i)
            .isCloseTo(dot(expected.user(u), expected.item(i)), within(1e-3));
      }
    }
  }

  private static String[] with(String[] options, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (double) a[k] * b[k];
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--train FILE",
        "--train MISSING --test FILE",
        "--train FILE --test MISSING",
        "--train EMPTY --test FILE",
        "--train FILE --test EMPTY",
        "--train FILE --test STRANGERS",
        "--train FILE --test FILE --factors 0",
        "--train FILE --test FILE --threads 0",
        "--train FILE --test FILE --on-flink --blocks 0",
        "--train FILE --test FILE --model-version -1",
        "--train FILE --test FILE --format gopher",
        "--train FILE --test FILE --model MISSING/model",
        "--train FILE --test FILE --align-to MISSING",
        "--train FILE --test FILE --factors 2 --align-to MODEL",
        "--train LONG --test FILE"
      })
  void whatCannotBeUsedIsOneLineAndExitCodeTwo(String options) throws Exception {
    String line =
        options
            .replace("FILE", write("file.txt", "u a\n"))
            .replace("EMPTY", write("empty.txt", "u\n\n"))
            .replace("STRANGERS", write("strangers.txt", "v a\nw b\n"))
            .replace("LONG", write("long.txt", "u " + "x".repeat(1025)))
            .replace("MODEL", model().toString())
            .replace("MISSING", folder.resolve("missing").toString());
    Run run = run(line.split(" "));
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err.lines()).hasSize(1).allMatch(text -> text.startsWith("error: "));
  }

  @Test
  void aSmallModelOfCheckInsIsAlreadyGood() throws Exception {
    JsonNode report =
        run(
                "--train",
                gowalla("train.txt"),
                "--test",
                gowalla("test.txt"),
                "--factors",
                "32",
                "--iterations",
                "4")
            .report;
    assertThat(report.get("pairs").asInt()).isEqualTo(810_128);
    assertThat(report.get("testUsers").asInt()).isEqualTo(29_858);
    assertThat(report.get("recallAt20").asDouble()).isGreaterThan(0.12);
    assertThat(report.get("ndcgAt20").asDouble()).isGreaterThan(0.10);
  }

  @Test
  @EnabledIfSystemProperty(named = "recsys.nightly", matches = "true")
  void theDefaultsFindAndOrderCheckInsAsWellAsTheyShould() throws Exception {
    JsonNode report = run("--train", gowalla("train.txt"), "--test", gowalla("test.txt")).report;
    assertThat(report.get("recallAt20").asDouble()).isGreaterThanOrEqualTo(0.180);
    assertThat(report.get("ndcgAt20").asDouble()).isGreaterThanOrEqualTo(0.150);
  }

  @Test
  void aModelCanTakeTheAxesOfAnother() throws Exception {
    String train = write("train.txt", "u1 a b\nu2 a c\nu3 b c\n");
    String test = write("test.txt", "u1 c\n");
    Path model = folder.resolve("model");
    run(
        "--train",
        train,
        "--test",
        test,
        "--factors",
        "3",
        "--model",
        model.toString(),
        "--align-to",
        model().toString());
    FactorModel aligned = FactorModelFile.read(model);
    FactorModel axes = FactorModelFile.read(model());
    for (int i = 0; i < 3; i++) {
      assertThat(VectorOps.dot(aligned.item(i), 0, axes.item(i), 0, 3))
          .as("item %d points where the other's does", i)
          .isPositive();
    }
  }

  /** Of the items a, b and c, each along an axis of its own. */
  private Path model() throws Exception {
    float[][] items = {{1, 0, 0}, {0, -1, 0}, {0, 0, 1}};
    Path file = folder.resolve("axes");
    FactorModelFile.write(
        file, new FactorModel(1, 3, List.of("u1"), new float[1][3], List.of("a", "b", "c"), items));
    return file;
  }

  private static String gowalla(String name) {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "SKIPPED: the project's root was not found");
    Path file = root.resolveSibling("shared").resolve("data/gowalla").resolve(name);
    assumeTrue(Files.exists(file), "SKIPPED: no check-ins at ../shared/data/gowalla/" + name);
    return file.toString();
  }

  private String write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private Run run(String... options) throws Exception {
    Path report = folder.resolve("report.json");
    List<String> args = new ArrayList<>(List.of("als", "--report", report.toString()));
    args.addAll(Arrays.asList(options));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    int exitCode;
    try {
      System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      exitCode = RecsysExamples.run(args.toArray(String[]::new));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
    JsonNode json =
        Files.exists(report) && Files.size(report) > 0
            ? new ObjectMapper().readTree(report.toFile())
            : null;
    return new Run(exitCode, err.toString(StandardCharsets.UTF_8), json);
  }
}
