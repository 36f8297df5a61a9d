/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.Mutator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Hostile lines: an interaction that is in order, none, or one clear reason. */
class HostileLinesTest {
  private static final int INPUTS = 7_000;

  /** More are one line with breaks in it. */
  private static final int MAX_LINES = 8;

  @Test
  void movieLens() {
    run(
        "movielens",
        MovieLensParser::new,
        new Mutator(
            List.of(
                "1::1193::5::978300760",
                "196\t242\t3\t881250949",
                "1,31,2.5,1260759144",
                "userId,movieId,rating,timestamp\n1,31,2.5,1260759144.5"),
            "rating",
            "timestamp",
            "978300760"));
  }

  @Test
  void csv() {
    run("csv", () -> new DelimitedParser(DelimitedConfig.csv()), delimited(","));
  }

  @Test
  void tsv() {
    run("tsv", () -> new DelimitedParser(DelimitedConfig.tsv()), delimited("\t"));
  }

  @Test
  void csvThatRequiresAHeader() {
    run(
        "csv with header",
        () -> new DelimitedParser(DelimitedConfig.csv().requiringHeader()),
        delimited(","));
  }

  @Test
  void sessionLogs() {
    run(
        "sessions",
        SessionLogParser::new,
        new Mutator(
            List.of("11\t214536502\t1396861020.277", "SessionId\tItemId\tTime\n1\t2\t3"),
            "SessionId",
            "1396861020.277"));
  }

  private static Mutator delimited(String separator) {
    return new Mutator(
        List.of(
            String.join(separator, "u1", "i1", "view", "1.5", "1700000000000"),
            String.join(separator, "\"a \"\"b\"\"\"", "\"i\"", "", "", "7"),
            String.join(separator, "timestampMillis", "itemId", "userId")
                + "\n"
                + String.join(separator, "7", "i", "u")),
        "userId",
        "itemId",
        "timestampMillis",
        "weight",
        "\"\"",
        separator);
  }

  private static void run(
      String name, Supplier<RecordParser<Interaction>> parsers, Mutator mutator) {
    Fuzz.run(
        name,
        INPUTS,
        mutator::text,
        text -> {
          // A parser may remember a header, so the lines of one input go to one of its own.
          RecordParser<Interaction> parser = parsers.get();
          boolean accepted = true;
          for (String line : text.split("\n", MAX_LINES)) {
            accepted &= accepts(parser, line);
          }
          return accepted;
        });
  }

  private static boolean accepts(RecordParser<Interaction> parser, String line) {
    try {
      Interaction parsed = parser.parse(line);
      if (parsed != null) {
        assertThat(parsed.weight()).isFinite();
        assertThat(parsed.timestampMillis()).isNotNegative();
        assertThat(parsed.type()).isNotEmpty();
        // Ids are for the rule that every parsed record must meet.
        String violation = Interactions.violation(parsed);
        if (violation != null) {
          assertThat(violation).containsAnyOf("userId must be ", "itemId must be ");
          return false;
        }
      }
      return true;
    } catch (MalformedRecordException e) {
      assertThat(e.getMessage()).contains(" must be ", ", got ").hasSizeLessThan(250);
      assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl);
      return false;
    }
  }
}
