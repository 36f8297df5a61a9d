/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.MalformedRecordException;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.feature.TrainingExample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordsTest {
  private static final JsonSchema<Interaction> INTERACTIONS = new JsonSchema<>(Interaction.class);

  static List<Object> recordsOfEveryType() {
    Attributes attributes = Attributes.of(Map.of("title", "Trail \"shoe\" \u20AC\n"));
    Features features = Features.of(Map.of("price", 9.5));
    return List.of(
        new Interaction("u1", "i1", "purchase", 2.5, 1_700_000_000_000L),
        new RecommendationRequest("u1", 10, "home", 5),
        new RecommendationRequest("u1", 10, null, 5),
        new RecommendationRequest("", 10, null, new String[] {"a", "b"}, true, 5),
        new ItemMetadata("i1", attributes, features, 5),
        new ItemMetadata("i1", Attributes.NONE, Features.NONE, 5),
        new UserProfile("u1", attributes, features, 5),
        new Impression("u1", "i1", "l1", 2, new float[] {0.25f, 1e-9f}, Long.MIN_VALUE, 5),
        new FeatureVector("u1", 5, 42, new float[] {0.25f}),
        new TrainingExample("u1", "i1", "l1", 2, 1, new float[] {0.25f}, 42, 5, -1),
        new DeadLetter("parse", "rating must be a number, got abc", "1::2::abc::4", -1));
  }

  @ParameterizedTest
  @MethodSource("recordsOfEveryType")
  void everyRecordComesBackAsItWas(Object record) throws Exception {
    roundTrip(record);
  }

  @SuppressWarnings("unchecked")
  private static <T> void roundTrip(T record) throws Exception {
    JsonSchema<T> schema = InstantiationUtil.clone(new JsonSchema<>((Class<T>) record.getClass()));
    byte[] json = schema.serialize(record);
    assertThat(schema.deserialize(json)).isEqualTo(record);
    assertThat(schema.getProducedType()).isEqualTo(TypeInformation.of(record.getClass()));
    assertThat(schema.isEndOfStream(record)).isFalse();
    assertThat(new JsonRecordParser<>(record.getClass()).parse(text(json))).isEqualTo(record);
  }

  @Property
  void anyInteractionComesBackAsItWas(
      @ForAll String user,
      @ForAll("types") String type,
      @ForAll @DoubleRange(min = -Double.MAX_VALUE) double weight,
      @ForAll long timestampMillis)
      throws Exception {
    // A lone surrogate has no UTF-8 form, so no id that came in as text can hold one.
    String userId = text(user.getBytes(StandardCharsets.UTF_8));
    Interaction interaction = new Interaction(userId, "i", type, weight, timestampMillis);
    assertThat(INTERACTIONS.deserialize(INTERACTIONS.serialize(interaction)))
        .isEqualTo(interaction);
  }

  @Test
  void fieldsAreTheComponentsAndMapsAreObjects() {
    assertThat(text(INTERACTIONS.serialize(new Interaction("u1", "i1", "view", 1, 5))))
        .isEqualTo(
            "{\"userId\":\"u1\",\"itemId\":\"i1\",\"type\":\"view\",\"weight\":1.0,"
                + "\"timestampMillis\":5}");
    ItemMetadata metadata =
        new ItemMetadata(
            "i1", Attributes.of(Map.of("category", "shoes")), Features.of(Map.of("price", 9.5)), 5);
    assertThat(text(new JsonSchema<>(ItemMetadata.class).serialize(metadata)))
        .isEqualTo(
            "{\"itemId\":\"i1\",\"attributes\":{\"category\":\"shoes\"},"
                + "\"features\":{\"price\":9.5},\"timestampMillis\":5}");
  }

  @Test
  void absentFieldsHaveDefaults() throws Exception {
    assertThat(interaction("{'userId':'u','itemId':'i','timestampMillis':5}"))
        .isEqualTo(Interaction.click("u", "i", 5));
    assertThat(interaction("{'userId':'u','itemId':'i','weight':4,'timestampMillis':5}").weight())
        .isEqualTo(4.0);
    assertThat(read("{'itemId':'i','timestampMillis':5}", ItemMetadata.class))
        .isEqualTo(new ItemMetadata("i", Attributes.NONE, Features.NONE, 5));
    assertThat(read("{'userId':'u','k':3,'timestampMillis':5}", RecommendationRequest.class))
        .isEqualTo(new RecommendationRequest("u", 3, null, 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'explain':1",
        "'explain':'true'",
        "'explain':null",
        "'itemIds':null",
        "'itemIds':'a'",
        "'itemIds':[1]",
        "'itemIds':[null]",
        "'itemIds':[['a']]",
        "'anonymous':true"
      })
  void requestsWithBadFieldsAreRefused(String field) {
    String json = "{'userId':'u','k':3,'timestampMillis':5," + field + "}";
    assertThatThrownBy(() -> read(json, RecommendationRequest.class))
        .isInstanceOf(MalformedRecordException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "5",
        "[]",
        "'text'",
        "{",
        "{'userId':'u','itemId':'i','timestampMillis':",
        "{'userId':'u','itemId':'i','timestampMillis':5",
        "{'userId':'u','itemId':'i','timestampMillis':5}}",
        "{'userId':'u','itemId':'i','timestampMillis':5} {}",
        "{'userId':'u','itemId':'i','timestampMillis':5,'x':1}",
        "{'userId':'u','userId':'v','itemId':'i','timestampMillis':5}",
        "{'userId':'u','itemId':'i'}",
        "{'userId':'u','itemId':'i','timestampMillis':null}",
        "{'userId':'u','itemId':'i','timestampMillis':'5'}",
        "{'userId':'u','itemId':'i','timestampMillis':''}",
        "{'userId':'u','itemId':'i','timestampMillis':5.5}",
        "{'userId':'u','itemId':'i','timestampMillis':5.0}",
        "{'userId':'u','itemId':'i','timestampMillis':true}",
        "{'userId':'u','itemId':'i','timestampMillis':99999999999999999999}",
        "{'userId':'u','itemId':'i','timestampMillis':1e999}",
        "{'userId':'u','itemId':'i','timestampMillis':05}",
        "{'userId':5,'itemId':'i','timestampMillis':5}",
        "{'userId':true,'itemId':'i','timestampMillis':5}",
        "{'userId':1.5,'itemId':'i','timestampMillis':5}",
        "{'userId':['u'],'itemId':'i','timestampMillis':5}",
        "{'userId':{},'itemId':'i','timestampMillis':5}",
        "{'userId':'u','itemId':'i','type':null,'timestampMillis':5}",
        "{'userId':'u','itemId':'i','type':5,'timestampMillis':5}",
        "{'userId':'u','itemId':'i','weight':null,'timestampMillis':5}",
        "{'userId':'u','itemId':'i','weight':'1','timestampMillis':5}",
        "{'userId':'u','itemId':'i','weight':'NaN','timestampMillis':5}",
        "{'userId':'u','itemId':'i','weight':NaN,'timestampMillis':5}",
        "{'userId':'u','itemId':'i','weight':Infinity,'timestampMillis':5}",
        "{'userId':'u','itemId':'i','weight':-Infinity,'timestampMillis':5}",
        "{'userId':'u','itemId':'i','weight':1e999,'timestampMillis':5}",
        "{'userId':'u','itemId':'i','weight':[1],'timestampMillis':5}",
        "{'@class':'java.lang.Thread','userId':'u','itemId':'i','timestampMillis':5}",
        "// comment\n{'userId':'u','itemId':'i','timestampMillis':5}"
      })
  void hostileInteractionsAreRefusedWithAReason(String json) {
    assertRefused(json, Interaction.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'itemId':'i','attributes':null,'timestampMillis':5}",
        "{'itemId':'i','attributes':[],'timestampMillis':5}",
        "{'itemId':'i','attributes':'a','timestampMillis':5}",
        "{'itemId':'i','attributes':{'':'a'},'timestampMillis':5}",
        "{'itemId':'i','attributes':{'a':1},'timestampMillis':5}",
        "{'itemId':'i','attributes':{'a':null},'timestampMillis':5}",
        "{'itemId':'i','attributes':{'a':{'b':'c'}},'timestampMillis':5}",
        "{'itemId':'i','attributes':{'a':'x','a':'y'},'timestampMillis':5}",
        "{'itemId':'i','attributes':{'a':'x'",
        "{'itemId':'i','features':null,'timestampMillis':5}",
        "{'itemId':'i','features':{'a':'1'},'timestampMillis':5}",
        "{'itemId':'i','features':{'a':null},'timestampMillis':5}",
        "{'itemId':'i','features':{'a':1e999},'timestampMillis':5}",
        "{'itemId':'i','features':{'a':NaN},'timestampMillis':5}",
        "{'itemId':'i','features':{'a':[1]},'timestampMillis':5}",
        "{'itemId':'i','features':{'a'"
      })
  void hostileMetadataIsRefusedWithAReason(String json) {
    assertRefused(json, ItemMetadata.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'userId':'u','itemId':'i','weight':'x','timestampMillis':5}"
            + "| weight must be a finite number, got x",
        "{'userId':'u','itemId':'i','weight':1e999,'timestampMillis':5}"
            + "| weight must be a finite number, got 1e999",
        "{'userId':'u','itemId':'i','type':null,'timestampMillis':5}"
            + "| type must be given, got null",
        "{'userId':'u','itemId':'i','timestampMillis':5,'x':1}"
            + "| field must be one of [itemId, timestampMillis, type, userId, weight], got x",
        "null | document must be an object, got null"
      })
  void reasonsNameFieldRuleAndValue(String json, String reason) {
    assertThatThrownBy(() -> interaction(json))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage(reason);
  }

  @Test
  void sizesAreBounded() {
    String deep = "{\"itemId\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertRefused(deep, ItemMetadata.class);
    assertRefused("[".repeat(500_000), Interaction.class);
    assertRefused("{\"userId\":\"" + "u".repeat(70_000) + "\"}", Interaction.class);
    assertRefused("{\"" + "u".repeat(70_000) + "\":1}", Interaction.class);
    assertRefused("{\"timestampMillis\":" + "1".repeat(101) + "}", Interaction.class);
    assertRefused("{\"weight\":" + "1".repeat(400_000) + "}", Interaction.class);
    assertThatThrownBy(() -> interaction(" ".repeat(1_000_000) + "{}"))
        .hasMessage("document must be at most 1000000 characters, got 1000002");
    assertThatIOException()
        .isThrownBy(() -> INTERACTIONS.deserialize(new byte[1_000_001]))
        .withMessage("document must be at most 1000000 bytes, got 1000001");
  }

  @Test
  void onlyUtf8IsRead() {
    byte[] json = "{\"userId\":\"u?\",\"itemId\":\"i\",\"timestampMillis\":5}".getBytes();
    for (int bad : new int[] {0xFF, 0xC0, 0x80, 0xED}) {
      byte[] broken = json.clone();
      broken[12] = (byte) bad;
      assertThatIOException()
          .isThrownBy(() -> INTERACTIONS.deserialize(broken))
          .withMessageStartingWith("document must be UTF-8, got ");
    }
    byte[] utf16 =
        "{\"userId\":\"u\",\"itemId\":\"i\",\"timestampMillis\":5}"
            .getBytes(StandardCharsets.UTF_16BE);
    assertThatIOException().isThrownBy(() -> INTERACTIONS.deserialize(utf16));
  }

  @Test
  void noMessageIsNoRecord() throws Exception {
    assertThat(INTERACTIONS.deserialize(null)).isNull();
    assertThat(new JsonRecordParser<>(Interaction.class).parse(" \n")).isNull();
    assertThat(new JsonRecordParser<>(Interaction.class).parse("\uFEFF")).isNull();
    Interaction first = Interaction.click("u", "i", 5);
    assertThat(
            new JsonRecordParser<>(Interaction.class)
                .parse("\uFEFF" + text(INTERACTIONS.serialize(first))))
        .isEqualTo(first);
    assertThatThrownBy(() -> new JsonRecordParser<>(Interaction.class).parse(null))
        .hasMessage("line must be given, got null");
  }

  @Test
  void whatCannotBeReadAgainIsStillWritten() {
    byte[] json = INTERACTIONS.serialize(new Interaction("u", "i", "view", Double.NaN, 5));
    assertThat(text(json)).contains("\"weight\":\"NaN\"");
    assertRefused(text(json), Interaction.class);
  }

  @Property(tries = 3_000)
  void anyBytesAreReadOrRefused(@ForAll byte[] message) {
    try {
      INTERACTIONS.deserialize(message);
    } catch (IOException e) {
      assertThat(e.getMessage()).contains(" must be ");
    }
  }

  @Property(tries = 3_000)
  void damagedJsonIsReadOrRefused(@ForAll("damaged") String json) {
    for (Class<?> type : List.of(Interaction.class, ItemMetadata.class, UserProfile.class)) {
      try {
        new JsonRecordParser<>(type).parse(json);
      } catch (MalformedRecordException e) {
        assertThat(e.getMessage()).contains(" must be ");
      }
    }
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of("view", "click", "", "\u0000", "\"", "\\");
  }

  @Provide
  Arbitrary<String> damaged() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\"userId\":",
            "\"itemId\":\"i\"",
            "\"weight\":",
            "\"timestampMillis\":5",
            "\"attributes\":",
            "\"features\":",
            "1e999",
            "null",
            "-",
            "1",
            "\"u\"",
            "NaN",
            "\\u0000",
            "\uFEFF",
            "\uD800",
            "/*",
            "true",
            " ");
    return piece.list().ofMaxSize(12).map(pieces -> String.join("", pieces));
  }

  private static Interaction interaction(String json) throws MalformedRecordException {
    return read(json, Interaction.class);
  }

  private static <T> T read(String json, Class<T> type) throws MalformedRecordException {
    return JsonRecords.read(json.replace('\'', '"'), type);
  }

  private static void assertRefused(String json, Class<?> type) {
    assertThatThrownBy(() -> read(json, type))
        .isInstanceOf(MalformedRecordException.class)
        .message()
        .contains(" must be ", ", got ")
        .doesNotContain("\n")
        .hasSizeLessThan(300);
    assertThatIOException()
        .isThrownBy(
            () ->
                new JsonSchema<>(type)
                    .deserialize(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
