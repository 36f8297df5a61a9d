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
import io.github.flinkrecsys.operators.event.RecordRule;
import io.github.flinkrecsys.operators.event.RecordRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The lines of a file of interactions, in time order. Lines that the job will refuse stay where
 * they are, so that it can count them.
 *
 * @param lines in time order
 * @param wasSorted whether the file was in time order
 * @param interactions how many lines hold one that the job takes
 * @param firstMillis smallest event time of those
 * @param lastMillis largest event time of those
 * @param highestWeight largest weight of those
 * @param ratings range of the weights, but for a few wild ones
 * @param refused how many lines the job will refuse
 * @param firstRefusal the first of them and why, or null if there is none
 */
record InputFile(
    String[] lines,
    boolean wasSorted,
    long interactions,
    long firstMillis,
    long lastMillis,
    double highestWeight,
    RatingScale ratings,
    long refused,
    String firstRefusal) {

  private record Line(String text, long timestampMillis) {}

  static InputFile read(Path file, InputFormat format) throws InputException {
    if (!Files.isRegularFile(file)) {
      throw new InputException("input must be a file that exists, got " + file);
    }
    Scan scan = new Scan(format.newParser());
    try (TextLines texts = TextLines.open(file, RecordParser.MAX_LINE_LENGTH)) {
      for (String text = texts.next(); text != null; text = texts.next()) {
        scan.take(text);
      }
    } catch (IOException e) {
      throw new InputException("input must be readable, got " + file + ": " + e.getMessage());
    }
    if (scan.interactions == 0) {
      throw new InputException(
          "input must hold interactions in format %s, got none in %s%s"
              .formatted(format, file, scan.firstRefusal == null ? "" : "; " + scan.firstRefusal));
    }
    return scan.inOrder();
  }

  /** Goes through the lines once. */
  private static final class Scan {
    private final RecordParser<Interaction> parser;
    private final RecordRule<Interaction> rule =
        RecordRules.interactions(RecordRules.DEFAULT_MAX_AHEAD);
    private final List<Line> lines = new ArrayList<>();
    private final SeenRatings ratings = new SeenRatings();
    private boolean sorted = true;
    private long previous = Long.MIN_VALUE;
    private long interactions;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private double highestWeight = Double.NEGATIVE_INFINITY;
    private long refused;
    private String firstRefusal;

    Scan(RecordParser<Interaction> parser) {
      this.parser = parser;
    }

    void take(String text) {
      try {
        Interaction interaction = parser.parse(text);
        String violation = interaction == null ? null : rule.apply(interaction);
        if (violation != null) {
          refuse(violation);
        } else if (interaction != null) {
          take(interaction);
        }
      } catch (MalformedRecordException e) {
        refuse(e.getMessage());
      }
      lines.add(new Line(text, previous));
    }

    private void take(Interaction interaction) {
      long at = interaction.timestampMillis();
      interactions++;
      sorted &= at >= previous;
      previous = at;
      first = Math.min(first, at);
      last = Math.max(last, at);
      highestWeight = Math.max(highestWeight, interaction.weight());
      ratings.add(interaction.weight());
    }

    /** The job looks at the line again and sends it to the dead letters. */
    private void refuse(String reason) {
      refused++;
      if (firstRefusal == null) {
        firstRefusal = "line " + (lines.size() + 1) + ": " + reason;
      }
    }

    InputFile inOrder() {
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
          highestWeight,
          ratings.scale(),
          refused,
          firstRefusal);
    }
  }
}
