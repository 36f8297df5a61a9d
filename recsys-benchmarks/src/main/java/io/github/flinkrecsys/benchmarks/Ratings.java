/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.MovieLensParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** MovieLens ratings of 4 and more, in time order. */
final class Ratings {
  private static final double MIN_RATING = 4;

  private Ratings() {}

  static List<Interaction> read(Path file) throws Exception {
    MovieLensParser parser = new MovieLensParser();
    List<Interaction> read = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Interaction interaction = parser.parse(line);
      if (interaction != null && interaction.weight() >= MIN_RATING) {
        read.add(interaction);
      }
    }
    read.sort(Comparator.comparingLong(Interaction::timestampMillis));
    return read;
  }
}
