/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the input: a usable record, a skipped line, or a reason. */
class RecordParserTest {

  @Property(tries = 2_000)
  void anyStringIsParsedSkippedOrRefused(@ForAll String line) {
    allParsers().forEach(parser -> assertHarmless(parser, line));
  }

  @Property(tries = 5_000)
  void almostRecordsAreParsedSkippedOrRefused(@ForAll("almostRecords") String line) {
    allParsers().forEach(parser -> assertHarmless(parser, line));
  }

  @Property(tries = 1_000)
  void quotedFieldsComeBackAsTheyWere(@ForAll String userId, @ForAll String itemId)
      throws Exception {
    String line = quoted(userId) + "," + quoted(itemId) + ",view,1,5";
    assertThat(new DelimitedParser(DelimitedConfig.csv()).parse(line))
        .isEqualTo(new Interaction(userId, itemId, "view", 1, 5));
  }

  @Property(tries = 1_000)
  void numbersComeBackAsTheyWere(@ForAll double weight, @ForAll long timestampMillis)
      throws Exception {
    long millis = timestampMillis & Long.MAX_VALUE;
    String line = "u,i,view," + weight + "," + millis;
    assertThat(new DelimitedParser(DelimitedConfig.csv()).parse(line))
        .isEqualTo(new Interaction("u", "i", "view", weight, millis));
  }

  @Example
  void parsersSurviveJavaSerialization() throws Exception {
    for (RecordParser<Interaction> parser : allParsers()) {
      var bytes = new ByteArrayOutputStream();
      try (var out = new ObjectOutputStream(bytes)) {
        out.writeObject(parser);
      }
      try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(((RecordParser<?>) in.readObject()).parse(" ")).isNull();
      }
    }
  }

  @Provide
  Arbitrary<String> almostRecords() {
    Arbitrary<String> field =
        Arbitraries.of(
            "u1",
            "5",
            "-1",
            "3.5",
            "1e999",
            "NaN",
            "\"",
            "\"a\"",
            "\"\"",
            "",
            " ",
            "978300760",
            "9223372036854775807",
            "9223372036854775",
            "-0",
            "0x1p3",
            "userId",
            "itemId",
            "timestampMillis",
            "rating",
            "timestamp",
            "\uFEFF",
            "\n",
            "\uD800",
            "\u0000",
            ".",
            "1.");
    Arbitrary<String> separator = Arbitraries.of(",", "\t", "::", ":", ",,");
    return separator.flatMap(s -> field.list().ofMaxSize(6).map(fields -> String.join(s, fields)));
  }

  private static List<RecordParser<Interaction>> allParsers() {
    return List.of(
        new MovieLensParser(),
        new SessionLogParser(),
        new DelimitedParser(DelimitedConfig.csv()),
        new DelimitedParser(DelimitedConfig.tsv()),
        new DelimitedParser(DelimitedConfig.csv().requiringHeader()));
  }

  private static void assertHarmless(RecordParser<Interaction> parser, String line) {
    try {
      Interaction parsed = parser.parse(line);
      if (parsed != null) {
        assertThat(parsed.weight()).isFinite();
        assertThat(parsed.timestampMillis()).isNotNegative();
        assertThat(parsed.type()).isNotEmpty();
        assertThat(parsed.userId()).isNotNull();
        assertThat(parsed.itemId()).isNotNull();
      }
    } catch (MalformedRecordException e) {
      assertThat(e.getMessage()).contains(" must be ", ", got ").hasSizeLessThan(250);
      assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl);
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
