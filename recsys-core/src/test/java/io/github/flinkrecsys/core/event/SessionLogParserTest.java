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

class SessionLogParserTest {
  private final SessionLogParser parser = new SessionLogParser();

  @ParameterizedTest
  @CsvSource({
    "1396437466, 1396437466000",
    "1396437466., 1396437466000",
    "1396437466.9, 1396437466900",
    "1396437466.94, 1396437466940",
    "1396437466.9409, 1396437466940",
    "0, 0"
  })
  void readsAClickOfASession(String time, long millis) throws Exception {
    assertThat(parser.parse("3\t214716935\t" + time))
        .isEqualTo(Interaction.click("3", "214716935", millis));
  }

  @Test
  void skipsHeaderAndBlankLines() throws Exception {
    assertThat(parser.parse("SessionId\tItemId\tTime")).isNull();
    assertThat(parser.parse("SessionId\tItemId\tTime\r")).isNull();
    assertThat(parser.parse("")).isNull();
  }

  @Test
  void refusesWhatIsNoClick() {
    assertThatThrownBy(() -> parser.parse("3\t4\tTime"))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("Time must be a number of seconds, got Time");
    assertThatThrownBy(() -> parser.parse("3\t4"))
        .hasMessage("fields must be SessionId, ItemId and Time, got 2: 3 4");
    assertThatThrownBy(() -> parser.parse("3\t4\t-1.5"))
        .hasMessage("Time must be non-negative, got -1");
    assertThatThrownBy(() -> parser.parse("3\t4\t9223372036854775.808"))
        .hasMessage("Time must be at most 9223372036854775, got 9223372036854775.808");
  }
}
