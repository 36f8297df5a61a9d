/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MovieLensParserTest {
  private final MovieLensParser parser = new MovieLensParser();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1::1193::5::978300760",
        "1\t1193\t5\t978300760",
        "1,1193,5.0,978300760",
        "1,1193,5.0,978300760.0004",
        "\uFEFF1,1193,5.0, 978300760\r\n"
      })
  void readsARatingWithAnySeparator(String line) throws Exception {
    assertThat(parser.parse(line))
        .isEqualTo(new Interaction("1", "1193", "rating", 5.0, 978300760_000L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \t",
        "userId,movieId,rating,timestamp",
        "\uFEFFuserId,movieId,rating,timestamp",
        "user_id\titem_id\trating\ttimestamp",
        "UserID::MovieID::Rating::Timestamp"
      })
  void skipsBlankLinesAndHeaders(String line) throws Exception {
    assertThat(parser.parse(line)).isNull();
  }

  @Test
  void aUserWhoIsCalledLikeAColumnIsNoHeader() throws Exception {
    assertThat(parser.parse("user,item,3.5,1"))
        .isEqualTo(new Interaction("user", "item", "rating", 3.5, 1_000L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1::2::abc::4 | rating must be a number, got abc",
        "1::2::NaN::4 | rating must be a number, got NaN",
        "1::2::Infinity::4 | rating must be a number, got Infinity",
        "1::2::0x1p3::4 | rating must be a number, got 0x1p3",
        "1::2::5f::4 | rating must be a number, got 5f",
        "1::2::1e999::4 | rating must be finite, got 1e999",
        "1::2::-1::4 | rating must be non-negative, got -1",
        "1::2::::4 | rating must be a number, got",
        "1::2::3::-4 | timestamp must be non-negative, got -4",
        "1::2::3::1e9 | timestamp must be a number of seconds, got 1e9",
        "1::2::3::9223372036854775 | OK",
        "1::2::3::9223372036854776 | timestamp must be at most 9223372036854775, got"
            + " 9223372036854776",
        "1::2::3::99999999999999999999 | timestamp must be at most 9223372036854775807, got"
            + " 99999999999999999999",
        "1::2::3 | fields must be user, item, rating and timestamp, got 3: 1::2::3",
        "userId,movieId,rating,time | rating must be a number, got rating"
      })
  void refusesWhatIsNoRating(String line, String reason) throws Exception {
    if (reason.equals("OK")) {
      assertThat(parser.parse(line).timestampMillis()).isEqualTo(9223372036854775_000L);
    } else {
      assertThatThrownBy(() -> parser.parse(line))
          .isInstanceOf(MalformedRecordException.class)
          .extracting(e -> e.getMessage().strip())
          .isEqualTo(reason);
    }
  }

  @Test
  void reasonsAreShortAndOnOneLine() {
    assertThatThrownBy(() -> parser.parse("1::2::" + "a\n".repeat(49) + "::4"))
        .hasMessage("rating must be a number, got " + "a ".repeat(49));
    assertThatThrownBy(() -> parser.parse("9".repeat(500)))
        .hasMessageStartingWith("fields must be")
        .hasMessageEndingWith("9...");
    assertThatThrownBy(() -> parser.parse("1::2::" + "9".repeat(500) + "::4"))
        .hasMessage("rating must be at most 100 characters, got 500");
  }

  @Test
  void refusesNullAndOverlongLines() {
    assertThatThrownBy(() -> parser.parse(null)).hasMessage("line must be given, got null");
    assertThatThrownBy(() -> parser.parse("1".repeat(1_000_001)))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("line must be at most 1000000 characters, got 1000001");
  }
}
