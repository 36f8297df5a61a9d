/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.MalformedRecordException;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import java.util.TreeSet;

/**
 * The JSON form of the library's records: an object whose fields are the record's components.
 *
 * <p>Reading is strict, because what comes in may come from anywhere: unknown and repeated fields,
 * missing or null numbers, values of another type, numbers that are not finite and anything after
 * the object are refused, and so are documents of excessive size or depth.
 */
final class JsonRecords {
  /** Longest document, in bytes or UTF-16 units, that is looked at. */
  static final int MAX_DOCUMENT_LENGTH = 1_000_000;

  private static final int MAX_NESTING_DEPTH = 32;
  private static final int MAX_STRING_LENGTH = 64 * 1024;
  private static final int MAX_NUMBER_LENGTH = 100;

  private static final ObjectMapper MAPPER = newMapper();

  private JsonRecords() {}

  private static ObjectMapper newMapper() {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxDocumentLength(MAX_DOCUMENT_LENGTH)
            .maxNestingDepth(MAX_NESTING_DEPTH)
            .maxStringLength(MAX_STRING_LENGTH)
            .maxNameLength(MAX_STRING_LENGTH)
            .maxNumberLength(MAX_NUMBER_LENGTH)
            .build();
    JsonMapper mapper =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(JsonTypes.module())
            .addMixIn(Interaction.class, InteractionDefaults.class)
            .addMixIn(RecommendationRequest.class, RequestDefaults.class)
            .build();
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return mapper;
  }

  /** Reads one record. */
  static <T> T read(String json, Class<T> type) throws MalformedRecordException {
    if (json.length() > MAX_DOCUMENT_LENGTH) {
      throw new MalformedRecordException(
          "document", "at most " + MAX_DOCUMENT_LENGTH + " characters", json.length());
    }
    try {
      T record = MAPPER.readValue(json, type);
      if (record == null) {
        throw new MalformedRecordException("document", "an object", null);
      }
      return record;
    } catch (UnrecognizedPropertyException e) {
      throw new MalformedRecordException(
          "field", "one of " + new TreeSet<>(e.getKnownPropertyIds()), e.getPropertyName());
    } catch (JsonTypes.RefusedValue e) {
      throw new MalformedRecordException(name(e), e.rule(), e.value());
    } catch (JsonProcessingException e) {
      throw new MalformedRecordException(
          name(e), "JSON of a valid " + type.getSimpleName(), e.getOriginalMessage());
    }
  }

  /** Writes one record; numbers that are not finite become strings, which reading refuses. */
  static byte[] write(Object record) throws JsonProcessingException {
    return MAPPER.writeValueAsBytes(record);
  }

  private static String name(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String field = mapping.getPath().get(0).getFieldName();
      return field == null ? "document" : field;
    }
    return "document";
  }

  /** Adds what a request may leave out. */
  private abstract static class RequestDefaults {
    @JsonDeserialize(using = JsonTypes.BooleanOrFalse.class)
    boolean explain;

    @JsonDeserialize(using = JsonTypes.StringsOrNone.class)
    String[] itemIds;
  }

  /** Adds what an interaction may leave out; the names are those of its components. */
  private abstract static class InteractionDefaults {
    @JsonDeserialize(using = JsonTypes.TypeOrClick.class)
    String type;

    @JsonDeserialize(using = JsonTypes.WeightOrOne.class)
    double weight;
  }
}
