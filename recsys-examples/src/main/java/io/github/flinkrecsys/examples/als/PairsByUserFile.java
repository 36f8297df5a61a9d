/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.als;

import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;
import java.util.function.BiConsumer;

/** A file of lines that name a user and then its items, with blanks between. */
public final class PairsByUserFile {
  /** As for records of interactions. */
  private static final int MAX_ID_LENGTH = 1024;

  /** More than two million items of one user. */
  private static final int MAX_LINE_LENGTH = 1 << 24;

  private PairsByUserFile() {}

  /**
   * Reads all pairs, line by line. A user without items is no pair; blank lines are skipped.
   *
   * @param option that names the file, for messages
   * @param file to be read
   * @param pairs takes user and item
   * @throws InputException if it cannot be read, has a line or an id that is too long, or holds no
   *     pair
   */
  public static void read(String option, Path file, BiConsumer<String, String> pairs)
      throws InputException {
    if (!Files.isRegularFile(file)) {
      throw new InputException(option + " must be a file that exists, got " + file);
    }
    long found = 0;
    long number = 0;
    try (TextLines lines = TextLines.open(file, MAX_LINE_LENGTH)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        number++;
        if (line.length() > MAX_LINE_LENGTH) {
          throw new InputException(
              "%s must hold lines of at most %d characters, got more in line %d of %s"
                  .formatted(option, MAX_LINE_LENGTH, number, file));
        }
        StringTokenizer words = new StringTokenizer(line);
        if (words.hasMoreTokens()) {
          String user = checked(words.nextToken(), option, file, number);
          while (words.hasMoreTokens()) {
            pairs.accept(user, checked(words.nextToken(), option, file, number));
            found++;
          }
        }
      }
    } catch (IOException e) {
      throw new InputException(option + " must be readable, got " + file + ": " + e.getMessage());
    }
    if (found == 0) {
      throw new InputException(
          option + " must hold pairs in format pairs-by-user, got none in " + file);
    }
  }

  private static String checked(String id, String option, Path file, long line)
      throws InputException {
    // The blanks between words are not all that Unicode knows.
    if (id.isBlank() || id.length() > MAX_ID_LENGTH) {
      throw new InputException(
          "%s must hold ids of 1 to %d characters that are not all blank, got %d in line %d of %s"
              .formatted(option, MAX_ID_LENGTH, id.length(), line, file));
    }
    return id;
  }
}
