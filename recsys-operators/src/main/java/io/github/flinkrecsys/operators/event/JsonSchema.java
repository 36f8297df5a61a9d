/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.flinkrecsys.core.event.MalformedRecordException;
import io.github.flinkrecsys.core.util.Checks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Records as JSON in UTF-8, one object per message, for connectors.
 *
 * <p>Reading throws on a bad message, and most connectors then fail the job. To keep bad messages
 * as dead letters instead, read strings and use {@link ParseFunction} with a {@link
 * JsonRecordParser}.
 *
 * @param <T> type of the records
 */
public final class JsonSchema<T> implements DeserializationSchema<T>, SerializationSchema<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;

  /**
   * Makes a schema.
   *
   * @param type of the records; one of the library's, or any record of strings and numbers
   * @throws IllegalArgumentException if it is null
   */
  public JsonSchema(Class<T> type) {
    this.type = Checks.notNull("type", type);
  }

  /**
   * Reads a record.
   *
   * @param message the bytes; may be null, as where a log marks a deletion
   * @return the record, or null if there is no message
   * @throws IOException if the message is not one valid record; its message is a one-line reason
   */
  @Override
  public T deserialize(byte[] message) throws IOException {
    if (message == null) {
      return null;
    }
    try {
      if (message.length > JsonRecords.MAX_DOCUMENT_LENGTH) {
        throw new MalformedRecordException(
            "document", "at most " + JsonRecords.MAX_DOCUMENT_LENGTH + " bytes", message.length);
      }
      return JsonRecords.read(decode(message), type);
    } catch (MalformedRecordException e) {
      throw new IOException(e.getMessage());
    }
  }

  // Not left to Jackson, which would guess UTF-16 and UTF-32 from the first bytes.
  private static String decode(byte[] message) throws MalformedRecordException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedRecordException("document", "UTF-8", e.getMessage());
    }
  }

  /**
   * Writes a record.
   *
   * @param record to write
   * @return the bytes; numbers that are not finite become strings, which reading refuses
   * @throws IllegalArgumentException if the record's type has no JSON form
   */
  @Override
  public byte[] serialize(T record) {
    try {
      return JsonRecords.write(record);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("record must have a JSON form, got " + record, e);
    }
  }

  @Override
  public boolean isEndOfStream(T next) {
    return false;
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return TypeInformation.of(type);
  }
}
