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
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the main job as a user does, by its command line. */
class QuickstartTest {
  private static final int RATINGS = 300;

  @TempDir private Path folder;

  private record Run(int exitCode, String out, String err, JsonNode report) {}

  @Test
  void aGeneratedStreamFillsEveryKeyOfTheReport() throws Exception {
    Run run = quickstart("--events", "5000");
    assertThat(run.exitCode).isZero();
    assertThat(run.out).contains("Recommended to user ", "event to recommendation: p50 ");
    JsonNode report = run.report;
    assertThat(report.get("events").asLong()).isEqualTo(5000);
    assertThat(report.get("eventsPerSecond").asDouble())
        .isCloseTo(5000 / report.get("seconds").asDouble(), within(1e-6));
    JsonNode latency = report.get("latencyMillis");
    assertThat(latency.get("p50").asDouble()).isPositive();
    assertThat(latency.get("p99").asDouble()).isGreaterThanOrEqualTo(latency.get("p50").asDouble());
    for (String source : List.of("popularity", "factors", "blend")) {
      JsonNode metrics = report.get("sources").get(source);
      assertThat(metrics.get("scored").asLong()).as(source).isGreaterThan(1000);
      double recall = metrics.get("recallAt10").asDouble();
      assertThat(recall).as(source).isBetween(0.01, 0.5);
      assertThat(metrics.get("ndcgAt10").asDouble()).as(source).isBetween(0.001, recall);
      assertThat(metrics.get("mrrAt10").asDouble()).as(source).isBetween(0.001, recall);
      assertThat(metrics.get("coverage").asDouble()).as(source).isBetween(0.001, 1.0);
    }
    assertThat(report.has("mae")).as("no explicit ratings here").isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "movielens|%u::%i::%r::%s|",
        "movielens|%u\t%i\t%r\t%s|",
        "movielens|%u,%i,%r,%s|userId,movieId,rating,timestamp",
        "csv|%u,%i,view,%r,%m|userId,itemId,type,weight,timestampMillis",
        "tsv|%u\t%i\tview\t%r\t%m|",
        "jsonl|{\"userId\":\"%u\",\"itemId\":\"%i\",\"timestampMillis\":%m}|",
        "sessions|%u\t%i\t%s.5|SessionId\tItemId\tTime"
      },
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false)
  void everyFormatIsRead(String format, String line, String header) throws Exception {
    List<String> lines = lines(line);
    if (header != null) {
      lines.add(0, header);
    }
    Run run = quickstart("--input", write(lines), "--format", format);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.report.get("events").asInt()).isEqualTo(RATINGS);
    assertThat(run.report.get("deadLetters").asInt()).isZero();
    assertThat(run.report.has("mae")).isEqualTo(format.equals("movielens"));
    assertThat(run.out).contains("300 interactions").doesNotContain("sorted");
  }

  @Test
  void unsortedInputIsSortedAndBadLinesAreCounted() throws Exception {
    List<String> lines = lines("%u,%i,%r,%s");
    Collections.shuffle(lines, new Random(1));
    lines.add(100, "1,2,five,900000000");
    lines.add(200, "nonsense");
    Run run = quickstart("--input", write(lines), "--min-rating", "3");
    assertThat(run.exitCode).isZero();
    assertThat(run.out)
        .contains("not in time order: sorted")
        .contains("2 lines will be refused, as line 101: rating must be a number, got five");
    assertThat(run.report.get("deadLetters").asInt()).isEqualTo(2);
    assertThat(run.report.get("events").asInt()).isEqualTo(RATINGS * 3 / 5);
    assertThat(run.report.has("mae")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e12", "100000", "-1e300"})
  void oneRatingBeyondAllOthersIsADeadLetter(String outlier) throws Exception {
    List<String> lines = lines("%u,%i,%r,%s");
    lines.add(150, "u1,i1," + outlier + ",900009000");
    Run run = quickstart("--input", write(lines));
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.report.get("rated").asInt()).isEqualTo(RATINGS);
    assertThat(run.report.get("deadLetters").asInt()).isEqualTo(1);
    assertThat(run.report.get("mae").asDouble()).isLessThan(4);
  }

  @Test
  void whatIsAlwaysReportedIsNullWhereNothingWasScored() throws Exception {
    Path input = folder.resolve("clicks.csv");
    Files.writeString(input, "userId,itemId,type,weight,timestampMillis\nu,first,click,1,1\n");
    Run run = quickstart("--input", input.toString(), "--format", "csv");
    assertThat(run.exitCode).isZero();
    for (String source : List.of("popularity", "factors", "blend")) {
      JsonNode metrics = run.report.at("/sources/" + source);
      assertThat(metrics.get("scored").asInt(-1)).as(source).isZero();
      assertThat(metrics.get("recallAt10").isNull()).as(source).isTrue();
      assertThat(metrics.get("coverage").isNull()).as(source).isTrue();
    }
  }

  @Test
  void aJobThatStartsFromAModelHasItsFactorsFromTheFirstInteraction() throws Exception {
    Path model = folder.resolve("model");
    FactorModelFile.write(
        model,
        new FactorModel(
            1, 2, List.of(), new float[0][], List.of("left", "right"), new float[2][2]));
    Path input = folder.resolve("clicks.csv");
    Files.writeString(
        input, "userId,itemId,type,weight,timestampMillis\nu,left,click,1,1\nu,right,click,1,2\n");
    Run run =
        quickstart("--input", input.toString(), "--format", "csv", "--model", model.toString());
    assertThat(run.exitCode).isZero();
    assertThat(run.report.get("events").asInt()).isEqualTo(2);
    // The second item is known before anybody has turned to it, so it can be hit.
    assertThat(run.report.at("/sources/factors/recallAt10").asDouble()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--input MISSING",
        "--input EMPTY",
        "--titles MISSING",
        "--model MISSING",
        "--model EMPTY",
        "--k 0",
        "--rate -1",
        "--window PT0S",
        "--parallelism 0",
        "--format gopher",
        "--foo"
      })
  void whatCannotBeUsedIsOneLineAndExitCodeTwo(String options) throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    String line =
        options
            .replace("EMPTY", empty.toString())
            .replace("MISSING", folder.resolve("missing.csv").toString());
    Run run = quickstart(line.split(" "));
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err.lines()).hasSize(1).allMatch(text -> text.startsWith("error: "));
    assertThat(folder.resolve("report.json")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "missing, 'model must be a file that exists, got '",
    "empty, 'model must be a whole model file, got '"
  })
  void aModelThatCannotBeReadIsRefusedWithTheRule(String name, String reason) throws Exception {
    Files.createFile(folder.resolve("empty"));
    Run run = quickstart("--model", folder.resolve(name).toString());
    assertThat(run.err).startsWith("error: " + reason).contains(folder.resolve(name).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "--events, many, is not a long",
    "--window, hour, is not a duration",
    "--format, gopher, expected one of"
  })
  void aValueThatIsNotOneIsRefusedWithItsOption(String option, String value, String reason)
      throws Exception {
    Run run = quickstart(option, value);
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err.lines()).hasSize(1);
    assertThat(run.err).contains(option, value, reason);
  }

  @Test
  void aFileThatTheJobWouldRefuseWholeIsNotStarted() throws Exception {
    // Milliseconds where seconds are meant.
    Run run = quickstart("--input", write(lines("%u,%i,%r,%m")));
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err.lines()).hasSize(1);
    assertThat(run.err)
        .contains("got none in ", "line 1: timestampMillis must be before the year 10000");
  }

  @ParameterizedTest
  @CsvSource({"5.5, 5.5", "NaN, NaN"})
  void aLeastRatingThatLeavesNothingIsRefused(String minRating, String got) throws Exception {
    Run run = quickstart("--input", write(lines("%u,%i,%r,%s")), "--min-rating", minRating);
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err)
        .isEqualToIgnoringNewLines(
            "error: min-rating must be at most the highest weight there is (5.0), got " + got);
  }

  @Test
  void whatWasReadIsSaidWithItsTimes() throws Exception {
    Run run = quickstart("--input", write(lines("%u,%i,%r,%s").subList(0, 2)));
    assertThat(run.exitCode).isZero();
    assertThat(run.out)
        .contains("2 interactions from 1998-07-09T16:00:00Z to 1998-07-09T16:01:00Z");
  }

  @Test
  void listsMayBeLongerThanTheUsualNumberOfCandidates() throws Exception {
    Run run = quickstart("--events", "2000", "--k", "50");
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out).contains(" 50. ");
  }

  @Test
  void theBlendBeatsItsSourcesAndFactorsBeatPopularityOnMovieLens() throws Exception {
    Run run = quickstart("--input", movieLens(), "--min-rating", "4");
    JsonNode sources = run.report.get("sources");
    assertThat(run.report.get("events").asInt()).isEqualTo(55_375);
    assertThat(sources.get("factors").get("scored").asInt()).isEqualTo(54_433);
    assertThat(sources.get("factors").get("recallAt10").asDouble()).isGreaterThan(0.13);
    assertThat(sources.get("popularity").get("recallAt10").asDouble()).isBetween(0.08, 0.1);
    double blend = sources.get("blend").get("recallAt10").asDouble();
    assertThat(blend).isGreaterThanOrEqualTo(0.18);
    for (JsonNode source : sources) {
      assertThat(blend).isGreaterThanOrEqualTo(source.get("recallAt10").asDouble());
    }
  }

  @Test
  void ratingsOfMovieLensArePredicted() throws Exception {
    Run run = quickstart("--input", movieLens());
    assertThat(run.report.get("rated").asInt()).isEqualTo(100_000);
    assertThat(run.report.get("mae").asDouble()).isLessThanOrEqualTo(0.7486);
  }

  private static String movieLens() {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "SKIPPED: the project's root was not found");
    Path file = root.resolveSibling("shared").resolve("data/ml-100k/u.data");
    assumeTrue(Files.exists(file), "SKIPPED: no MovieLens data at ../shared/data/ml-100k/u.data");
    return file.toString();
  }

  private static List<String> lines(String pattern) {
    List<String> lines = new ArrayList<>();
    for (int n = 0; n < RATINGS; n++) {
      lines.add(
          pattern
              .replace("%u", "u" + n % 17)
              .replace("%i", "i" + n % 41)
              .replace("%r", "" + (1 + n % 5))
              .replace("%s", "" + (900_000_000 + 60 * n))
              .replace("%m", "" + (900_000_000_000L + 60_000L * n)));
    }
    return lines;
  }

  private String write(List<String> lines) throws Exception {
    return Files.write(folder.resolve("input.txt"), lines).toString();
  }

  private Run quickstart(String... options) throws Exception {
    Path report = folder.resolve("report.json");
    List<String> args = new ArrayList<>(List.of("quickstart", "--report", report.toString()));
    args.addAll(Arrays.asList(options));
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
