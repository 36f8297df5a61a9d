/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelimitedParserTest {
  private final DelimitedParser csv = new DelimitedParser(DelimitedConfig.csv());

  @Test
  void readsTheDefaultOrder() throws Exception {
    Interaction expected = new Interaction("u1", "i1", "purchase", 2.5, 1700000000000L);
    assertThat(csv.parse("u1,i1,purchase,2.5,1700000000000")).isEqualTo(expected);
    assertThat(
            new DelimitedParser(DelimitedConfig.tsv())
                .parse("u1\ti1\tpurchase\t2.5\t1700000000000\r\n"))
        .isEqualTo(expected);
  }

  @Test
  void emptyTypeAndWeightHaveDefaults() throws Exception {
    assertThat(csv.parse("u1,i1,,,5")).isEqualTo(Interaction.click("u1", "i1", 5));
  }

  @Test
  void columnsMayBeReorderedLeftOutOrIgnored() throws Exception {
    var parser =
        new DelimitedParser(
            DelimitedConfig.csv().withColumns("timestampMillis", "price", "itemId", "userId"));
    assertThat(parser.parse("5,9.99,i1,u1")).isEqualTo(Interaction.click("u1", "i1", 5));
  }

  @Test
  void aHeaderDecidesTheOrderOfTheLinesAfterIt() throws Exception {
    assertThat(csv.parse("u1,i1,view,1,5").userId()).isEqualTo("u1");
    assertThat(csv.parse("\uFEFFitemId,userId,timestampMillis")).isNull();
    assertThat(csv.parse("i1,u1,5")).isEqualTo(Interaction.click("u1", "i1", 5));
  }

  @Test
  void aRequiredHeaderIsWaitedFor() throws Exception {
    var parser = new DelimitedParser(DelimitedConfig.csv().requiringHeader());
    assertThatThrownBy(() -> parser.parse("u1,i1,view,1,5"))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("line must be preceded by a header, got u1,i1,view,1,5");
    assertThat(parser.parse("userId,itemId,type,weight,timestampMillis")).isNull();
    assertThat(parser.parse("u1,i1,view,1,5").type()).isEqualTo("view");
  }

  @Test
  void quotedFieldsAreThoseOfRfc4180() throws Exception {
    assertThat(csv.parse("\"u,1\",\"a \"\"b\"\"\",\"\",\"2\",\"5\""))
        .isEqualTo(new Interaction("u,1", "a \"b\"", "click", 2, 5));
    assertThat(csv.parse("u,\"\"\"\",view,1,5").itemId()).isEqualTo("\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"u1,i1,view,1,5",
        "\"u1\"x,i1,view,1,5",
        "u\"1\",i1,view,1,5",
        "u1,i1,view,1,\"5",
        "u1,i1,view,1,\"",
        "u1,i1,view,1",
        "u1,i1,view,1,5,",
        "u1,i1,view,NaN,5",
        "u1,i1,view,1e999,5",
        "u1,i1,view,1,-5",
        "u1,i1,view,1,5.0",
        "u1,i1,view,1,99999999999999999999",
        "u1,i1,view,1,",
        "userId,itemId,userId,timestampMillis"
      })
  void refusesMalformedLines(String line) {
    assertThatThrownBy(() -> csv.parse(line))
        .isInstanceOf(MalformedRecordException.class)
        .message()
        .contains(" must be ", ", got ");
  }

  @Test
  void reasonsNameFieldRuleAndValue() {
    assertThatThrownBy(() -> csv.parse("u1,i1,view,x,5"))
        .hasMessage("weight must be a number, got x");
    assertThatThrownBy(() -> csv.parse("u1,i1,view,1,x"))
        .hasMessage("timestampMillis must be a whole number, got x");
    assertThatThrownBy(() -> csv.parse("u1,i1")).hasMessage("fields must be 5, got 2: u1,i1");
    assertThatThrownBy(() -> csv.parse("\"u1,i1")).hasMessage("quote must be closed, got \"u1,i1");
  }

  @Test
  void configsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DelimitedConfig('"', DelimitedConfig.DEFAULT_COLUMNS, false))
        .withMessage("separator must be no quote, line break, letter or digit, got \"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DelimitedConfig.csv().withColumns("userId", "itemId"))
        .withMessage("columns must be userId, itemId and timestampMillis, got [userId, itemId]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DelimitedConfig(
                    ',', List.of("userId", "itemId", "userId", "timestampMillis"), false))
        .withMessageStartingWith("columns must be distinct, got [userId");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DelimitedParser(null))
        .withMessage("config must be given, got null");
  }
}
