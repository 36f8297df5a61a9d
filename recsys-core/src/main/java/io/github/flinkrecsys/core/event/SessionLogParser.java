/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import java.util.List;

/**
 * Reads session logs as the next-item data sets write them: {@code SessionId}, {@code ItemId} and
 * {@code Time} with tabs between, with or without that header.
 *
 * <p>The time is in seconds since 1970 and may have a fraction, of which milliseconds are kept. The
 * result is a click whose user is the session.
 */
public final class SessionLogParser implements RecordParser<Interaction> {
  private static final long serialVersionUID = 1L;
  private static final List<String> HEADER = List.of("SessionId", "ItemId", "Time");

  /** Makes a parser; it has no settings. */
  public SessionLogParser() {}

  @Override
  public Interaction parse(String line) throws MalformedRecordException {
    String text = TextFields.clean(line);
    if (text == null) {
      return null;
    }
    List<String> fields = TextFields.split(text, "\t");
    if (fields.size() != HEADER.size()) {
      throw new MalformedRecordException(
          "fields", "SessionId, ItemId and Time", fields.size() + ": " + text);
    }
    if (fields.equals(HEADER)) {
      return null;
    }
    long millis = TextFields.secondsAsMillis("Time", fields.get(2));
    return Interaction.click(fields.get(0), fields.get(1), millis);
  }
}
