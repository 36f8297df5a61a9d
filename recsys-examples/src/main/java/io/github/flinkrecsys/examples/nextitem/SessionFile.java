/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.nextitem;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.MalformedRecordException;
import io.github.flinkrecsys.core.event.RecordParser;
import io.github.flinkrecsys.core.event.SessionLogParser;
import io.github.flinkrecsys.core.neighbor.IndexedSession;
import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sessions of a log, in the order of their first appearance.
 *
 * @param sessions each with its clicks in time order
 * @param malformedLines how many lines were left out
 */
record SessionFile(List<Visit> sessions, long malformedLines) {

  /** A session: its items and their times, by time, in the order of the file among equal times. */
  record Visit(String sessionId, List<String> itemIds, long[] millis) {
    long endMillis() {
      return millis[millis.length - 1];
    }

    /** Tells sessions of different files apart, whose ids may be the same. */
    IndexedSession closed(String origin) {
      return IndexedSession.of(
          origin + ' ' + sessionId, itemIds.toArray(String[]::new), endMillis());
    }
  }

  static SessionFile read(String option, Path file) throws InputException {
    if (!Files.isRegularFile(file)) {
      throw new InputException(option + " must be a file that exists, got " + file);
    }
    SessionLogParser parser = new SessionLogParser();
    Map<String, List<Interaction>> clicks = new LinkedHashMap<>();
    long malformed = 0;
    try (TextLines lines = TextLines.open(file, RecordParser.MAX_LINE_LENGTH)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        try {
          Interaction click = parser.parse(line);
          if (click != null && Interactions.violation(click) != null) {
            malformed++;
          } else if (click != null) {
            clicks.computeIfAbsent(click.userId(), id -> new ArrayList<>()).add(click);
          }
        } catch (MalformedRecordException e) {
          malformed++;
        }
      }
    } catch (IOException e) {
      throw new InputException(option + " must be readable, got " + file + ": " + e.getMessage());
    }
    if (clicks.isEmpty()) {
      throw new InputException(
          option + " must hold interactions in format sessions, got none in " + file);
    }
    List<Visit> sessions = new ArrayList<>(clicks.size());
    clicks.forEach((id, ofSession) -> sessions.add(visit(id, ofSession)));
    return new SessionFile(sessions, malformed);
  }

  private static Visit visit(String sessionId, List<Interaction> clicks) {
    clicks.sort(Comparator.comparingLong(Interaction::timestampMillis));
    return new Visit(
        sessionId,
        clicks.stream().map(Interaction::itemId).toList(),
        clicks.stream().mapToLong(Interaction::timestampMillis).toArray());
  }
}
