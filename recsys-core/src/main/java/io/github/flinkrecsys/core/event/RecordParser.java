/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import java.io.Serializable;

/**
 * Makes one record of one line of text.
 *
 * <p>A parser decides whether a line has the right form and its numbers are in range. Whether the
 * record is acceptable, for example whether its ids are non-empty, is for the caller to ask, with
 * {@link Interactions#violation} or a rule of its own.
 *
 * @param <T> type of the records
 */
@FunctionalInterface
public interface RecordParser<T> extends Serializable {
  /** Longest line in UTF-16 units that the library's parsers look at. */
  int MAX_LINE_LENGTH = 1_000_000;

  /**
   * Parses a line.
   *
   * @param line the text, with or without its line break
   * @return the record, or null if the line holds none: it is blank or a header
   * @throws MalformedRecordException if the line has not the form of a record; the message says why
   */
  T parse(String line) throws MalformedRecordException;
}
