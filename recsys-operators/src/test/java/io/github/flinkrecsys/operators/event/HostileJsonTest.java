/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.DelimitedConfig;
import io.github.flinkrecsys.core.event.DelimitedParser;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.event.RecordParser;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScorePart;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.Mutator;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.Slot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hostile JSON: a record that comes back from its own bytes, or one clear reason. */
class HostileJsonTest {
  private static final int INPUTS = 5_000;

  private static final Attributes ATTRIBUTES =
      Attributes.of(Map.of("category", "outlet", "a \"b\"", "\u00e9\ud83d\ude00"));
  private static final Features FEATURES = Features.of(Map.of("stock", 3.0, "price", -1.5e3));

  @Test
  void interactions() {
    run(new Interaction("u1", "i1", "view", 1.5, 1_700_000_000_000L));
  }

  @Test
  void requests() {
    run(new RecommendationRequest("u1", 10, "home", new String[] {"a", "b"}, true, 7));
  }

  @Test
  void metadata() {
    run(new ItemMetadata("i1", ATTRIBUTES, FEATURES, 7));
  }

  @Test
  void profiles() {
    run(new UserProfile("u1", ATTRIBUTES, FEATURES, 7));
  }

  @Test
  void lists() {
    ScorePart[] parts = {new ScorePart("factors", 0.5f), new ScorePart("trending", -1f)};
    ScoredItem[] items = {
      new ScoredItem("i1", 0.25f, "factors", null, parts),
      new ScoredItem("i2", 0.1f, "neighbors", "i3", new ScorePart[0])
    };
    run(new RecommendationList("u1", 7, 3, items));
  }

  private static <T> void run(T good) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) good.getClass();
    JsonSchema<T> schema = new JsonSchema<>(type);
    Mutator mutator = mutator(new String(schema.serialize(good), StandardCharsets.UTF_8));
    Fuzz.run(
        "JSON of " + type.getSimpleName(),
        INPUTS,
        mutator::bytes,
        message -> accepts(schema, message));
  }

  private static Mutator mutator(String... seeds) {
    return new Mutator(
        List.of(seeds),
        "[[",
        "{\"a\":",
        "{\"\":{",
        "\"userId\":\"u2\",",
        "\"k\":1,",
        "\"timestampMillis\":",
        "\"itemIds\":[",
        "\\ud800",
        "\\u0000",
        "/* */",
        "[\"java.util.HashMap\",{}]",
        "\"@class\":\"javax.swing.JEditorPane\",");
  }

  private static <T> boolean accepts(JsonSchema<T> schema, byte[] message) throws IOException {
    T record;
    try {
      record = schema.deserialize(message);
    } catch (IOException e) {
      assertThat(e.getMessage()).contains(" must be ", ", got ").hasSizeLessThan(2_000);
      assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl);
      return false;
    }
    assertThat(schema.deserialize(schema.serialize(record))).isEqualTo(record);
    return true;
  }

  @Test
  void everyHostileLineOfAJobIsOneRecordOneDeadLetterOrNone() {
    Mutator json =
        mutator("{\"userId\":\"u\",\"itemId\":\"i\",\"weight\":2.5,\"timestampMillis\":7}");
    Mutator csv = new Mutator(List.of("u1,i1,view,1.5,1700000000000"), "\"\"", "userId");
    Fuzz.run(
        "JSON lines in a job",
        100,
        random -> lines(json, random),
        lines -> accepts(new JsonRecordParser<>(Interaction.class), lines));
    Fuzz.run(
        "csv lines in a job",
        100,
        random -> lines(csv, random),
        lines -> accepts(new DelimitedParser(DelimitedConfig.csv()), lines));
  }

  private static List<String> lines(Mutator mutator, Random random) {
    return Stream.generate(() -> mutator.text(random)).limit(1 + random.nextInt(20)).toList();
  }

  private static boolean accepts(RecordParser<Interaction> parser, List<String> lines)
      throws Exception {
    try (var parse = Harnesses.plain(ParseFunction.interactions(parser), Slot.alone())) {
      parse.start();
      for (String line : lines) {
        parse.send(line);
      }
      List<DeadLetter> letters = parse.sideOutput(DeadLetter.TAG);
      assertThat(parse.output().size() + letters.size()).isLessThanOrEqualTo(lines.size());
      for (DeadLetter letter : letters) {
        assertThat(letter.reason()).contains(" must be ").hasSizeLessThanOrEqualTo(512);
        assertThat(letter.record()).hasSizeLessThanOrEqualTo(DeadLetter.MAX_RECORD_LENGTH);
        assertThat(lines).anyMatch(line -> line.startsWith(letter.record()));
      }
      assertThat(parse.output()).allMatch(record -> Interactions.violation(record) == null);
      return letters.isEmpty();
    }
  }
}
