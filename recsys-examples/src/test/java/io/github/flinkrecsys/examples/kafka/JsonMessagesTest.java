/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.operators.event.RecordRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.types.Either;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class JsonMessagesTest {
  private static final String GOOD = "{\"userId\":\"u1\",\"itemId\":\"i1\",\"timestampMillis\":7}";

  @Test
  void goodMessagesAreRecords() {
    assertThat(read(Interactions::violation, GOOD))
        .isEqualTo(Either.Right(new Interaction("u1", "i1", "click", 1, 7)));
  }

  @Test
  void otherMessagesAreLettersWithTheirPlace() {
    KafkaDeadLetter letter = read(Interactions::violation, "[]").left();
    assertThat(letter.key()).isEqualTo("clicks/3/42");
    assertThat(letter.stage()).isEqualTo("parse");
    assertThat(letter.reason()).startsWith("document must be JSON of a valid Interaction, got ");
    assertThat(letter.record()).isEqualTo("[]");
    assertThat(read(Interactions::violation, null).left().reason())
        .isEqualTo("message must have a value, got null");
  }

  @Test
  void aRuleThatThrowsCostsTheMessageOnly() {
    RecordRule<Interaction> broken =
        interaction -> {
          throw new IllegalStateException("broken");
        };
    assertThat(read(broken, GOOD).left().reason())
        .isEqualTo("record must be checkable, got java.lang.IllegalStateException: broken");
  }

  @Test
  void longMessagesAreCut() {
    assertThat(read(Interactions::violation, "\u20ac".repeat(100_000)).left().record())
        .isEqualTo("\u20ac".repeat(4096));
  }

  @Test
  void lettersArePojos() {
    assertThat(TypeInformation.of(KafkaDeadLetter.class)).isInstanceOf(PojoTypeInfo.class);
  }

  private Either<KafkaDeadLetter, Interaction> read(RecordRule<Interaction> rule, String value) {
    JsonMessages<Interaction> messages = new JsonMessages<>(Interaction.class, rule);
    List<Either<KafkaDeadLetter, Interaction>> out = new ArrayList<>();
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    messages.deserialize(
        new ConsumerRecord<>("clicks", 3, 42, null, bytes), new ListCollector<>(out));
    assertThat(out).hasSize(1);
    return out.get(0);
  }
}
