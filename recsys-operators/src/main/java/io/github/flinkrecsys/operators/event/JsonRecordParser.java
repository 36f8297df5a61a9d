/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import io.github.flinkrecsys.core.event.MalformedRecordException;
import io.github.flinkrecsys.core.event.RecordParser;
import io.github.flinkrecsys.core.util.Checks;

/**
 * Reads one JSON object per line, as {@link JsonSchema} does from bytes; blank lines are skipped.
 *
 * @param <T> type of the records
 */
public final class JsonRecordParser<T> implements RecordParser<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;

  /**
   * Makes a parser.
   *
   * @param type of the records; one of the library's, or any record of strings and numbers
   * @throws IllegalArgumentException if it is null
   */
  public JsonRecordParser(Class<T> type) {
    this.type = Checks.notNull("type", type);
  }

  @Override
  public T parse(String line) throws MalformedRecordException {
    if (line == null) {
      throw new MalformedRecordException("line", "given", null);
    }
    // A file's byte order mark stands in front of its first record.
    String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
    return text.isBlank() ? null : JsonRecords.read(text, type);
  }
}
