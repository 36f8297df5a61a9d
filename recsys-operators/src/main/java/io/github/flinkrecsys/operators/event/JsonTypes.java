/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How single values look in JSON where Jackson's own way is too lenient or not ours. */
final class JsonTypes {
  private JsonTypes() {}

  static SimpleModule module() {
    return new SimpleModule("recsys")
        .addDeserializer(double.class, new FiniteDouble())
        .addDeserializer(Double.class, new FiniteDouble())
        .addDeserializer(float.class, new FiniteFloat())
        .addDeserializer(Float.class, new FiniteFloat())
        .addDeserializer(Attributes.class, new AttributesReader())
        .addDeserializer(Features.class, new FeaturesReader())
        .addSerializer(Attributes.class, new AttributesWriter())
        .addSerializer(Features.class, new FeaturesWriter());
  }

  private static double finite(JsonParser parser) throws IOException {
    double value =
        parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.POSITIVE_INFINITY;
    if (!Double.isFinite(value)) {
      throw new RefusedValue(parser, "a finite number");
    }
    return value;
  }

  /**
   * A value that breaks a rule of ours; keeps both apart so that one reason can be made of them.
   */
  static final class RefusedValue extends JsonMappingException {
    private static final long serialVersionUID = 1L;
    private final String rule;
    private final String value;

    private RefusedValue(JsonParser parser, String rule) {
      super(parser, rule);
      this.rule = rule;
      this.value = textOf(parser);
    }

    String rule() {
      return rule;
    }

    String value() {
      return value;
    }

    private static String textOf(JsonParser parser) {
      try {
        return parser.getText();
      } catch (IOException e) {
        return "an unreadable value";
      }
    }
  }

  private static class FiniteDouble extends JsonDeserializer<Double> {
    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return finite(parser);
    }

    @Override
    public Double getNullValue(DeserializationContext context) throws JsonMappingException {
      throw new RefusedValue(context.getParser(), "given");
    }
  }

  private static final class FiniteFloat extends JsonDeserializer<Float> {
    @Override
    public Float deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      float value = (float) finite(parser);
      if (!Float.isFinite(value)) {
        throw new RefusedValue(parser, "within the range of a float");
      }
      return value;
    }

    @Override
    public Float getNullValue(DeserializationContext context) throws JsonMappingException {
      throw new RefusedValue(context.getParser(), "given");
    }
  }

  /** The weight of an interaction, 1 if absent. */
  static final class WeightOrOne extends FiniteDouble {
    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return 1.0;
    }
  }

  /** The type of an interaction, a click if absent. */
  static final class TypeOrClick extends JsonDeserializer<String> {
    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return string(parser);
    }

    @Override
    public String getNullValue(DeserializationContext context) throws JsonMappingException {
      throw new RefusedValue(context.getParser(), "given");
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return Interaction.CLICK;
    }
  }

  /** A yes or no, no if absent. */
  static final class BooleanOrFalse extends JsonDeserializer<Boolean> {
    @Override
    public Boolean deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.currentToken().isBoolean()) {
        throw new RefusedValue(parser, "true or false");
      }
      return parser.getBooleanValue();
    }

    @Override
    public Boolean getNullValue(DeserializationContext context) throws JsonMappingException {
      throw new RefusedValue(context.getParser(), "given");
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return false;
    }
  }

  /** Strings, none if absent. */
  static final class StringsOrNone extends JsonDeserializer<String[]> {
    @Override
    public String[] deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.START_ARRAY)) {
        throw new RefusedValue(parser, "an array of strings");
      }
      List<String> strings = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        strings.add(string(parser));
      }
      return strings.toArray(String[]::new);
    }

    @Override
    public String[] getNullValue(DeserializationContext context) throws JsonMappingException {
      throw new RefusedValue(context.getParser(), "given");
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return new String[0];
    }
  }

  private static String string(JsonParser parser) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      throw new RefusedValue(parser, "a string");
    }
    return parser.getText();
  }

  /** Reads the value at which a parser stands. */
  private interface ValueReader<V> {
    V read(JsonParser parser) throws IOException;
  }

  private static <V> Map<String, V> object(JsonParser parser, ValueReader<V> values)
      throws IOException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      throw new RefusedValue(parser, "an object");
    }
    Map<String, V> map = new LinkedHashMap<>();
    for (String name; (name = parser.nextFieldName()) != null; ) {
      if (name.isEmpty()) {
        throw new RefusedValue(parser, "an object with non-empty names");
      }
      parser.nextToken();
      map.put(name, values.read(parser));
    }
    return map;
  }

  private static final class AttributesReader extends JsonDeserializer<Attributes> {
    @Override
    public Attributes deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Attributes.of(object(parser, JsonTypes::string));
    }

    @Override
    public Attributes getNullValue(DeserializationContext context) throws JsonMappingException {
      throw new RefusedValue(context.getParser(), "given");
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return Attributes.NONE;
    }
  }

  private static final class FeaturesReader extends JsonDeserializer<Features> {
    @Override
    public Features deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Features.of(object(parser, JsonTypes::finite));
    }

    @Override
    public Features getNullValue(DeserializationContext context) throws JsonMappingException {
      throw new RefusedValue(context.getParser(), "given");
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return Features.NONE;
    }
  }

  private static final class AttributesWriter extends JsonSerializer<Attributes> {
    @Override
    public void serialize(Attributes value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      for (int i = 0; i < value.names().length; i++) {
        out.writeStringField(value.names()[i], value.values()[i]);
      }
      out.writeEndObject();
    }
  }

  private static final class FeaturesWriter extends JsonSerializer<Features> {
    @Override
    public void serialize(Features value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      for (int i = 0; i < value.names().length; i++) {
        out.writeNumberField(value.names()[i], value.values()[i]);
      }
      out.writeEndObject();
    }
  }
}
