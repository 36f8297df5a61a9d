/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.MalformedRecordException;
import io.github.flinkrecsys.core.event.RecordParser;
import io.github.flinkrecsys.core.factorization.RatingScale;
import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The lines of a file of interactions, in time order. Lines that do not parse stay where they are,
 * so that the job can count them.
 *
 * @param lines in time order
 * @param wasSorted whether the file was in time order
 * @param interactions how many lines hold one
 * @param firstMillis smallest event time
 * @param lastMillis largest event time
 * @param ratings range of the weights, but for a few wild ones
 */
record InputFile(
    String[] lines,
    boolean wasSorted,
    long interactions,
    long firstMillis,
    long lastMillis,
    RatingScale ratings) {

  private record Line(String text, long timestampMillis) {}

  static InputFile read(Path file, InputFormat format) throws InputException {
    if (!Files.isRegularFile(file)) {
      throw new InputException("input must be a file that exists, got " + file);
    }
    List<Line> lines = new ArrayList<>();
    RecordParser<Interaction> parser = format.newParser();
    long previous = Long.MIN_VALUE;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long interactions = 0;
    SeenRatings ratings = new SeenRatings();
    boolean sorted = true;
    try (TextLines texts = TextLines.open(file, RecordParser.MAX_LINE_LENGTH)) {
      for (String text = texts.next(); text != null; text = texts.next()) {
        Interaction interaction = parse(parser, text);
        if (interaction != null) {
          long at = interaction.timestampMillis();
          interactions++;
          sorted &= at >= previous;
          previous = at;
          first = Math.min(first, at);
          last = Math.max(last, at);
          ratings.add(interaction.weight());
        }
        lines.add(new Line(text, previous));
      }
    } catch (IOException e) {
      throw new InputException("input must be readable, got " + file + ": " + e.getMessage());
    }
    if (interactions == 0) {
      throw new InputException(
          "input must hold interactions in format " + format + ", got none in " + file);
    }
    Line[] ordered = lines.toArray(Line[]::new);
    if (!sorted) {
      Arrays.sort(ordered, Comparator.comparingLong(Line::timestampMillis));
    }
    return new InputFile(
        Arrays.stream(ordered).map(Line::text).toArray(String[]::new),
        sorted,
        interactions,
        first,
        last,
        ratings.scale());
  }

  private static Interaction parse(RecordParser<Interaction> parser, String line) {
    try {
      return parser.parse(line);
    } catch (MalformedRecordException e) {
      // The job parses the line again and sends it to the dead letters.
      return null;
    }
  }
}
