/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.TextLines;
import io.github.flinkrecsys.examples.stream.ShopStream;
import io.github.flinkrecsys.examples.stream.ShopStreamConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Titles of items: of the MovieLens files, or of the generated shop. */
final class ItemTitles {
  private static final int MAX_LINE_LENGTH = 100_000;
  private static final List<String> KNOWN_NAMES = List.of("u.item", "movies.dat", "movies.csv");

  private ItemTitles() {}

  static Map<String, String> read(Path given, Path input, ShopStreamConfig shop)
      throws InputException {
    Map<String, String> titles = new HashMap<>();
    if (given == null && input == null) {
      for (ItemMetadata item : new ShopStream(shop).metadata()) {
        titles.put(item.itemId(), item.attributes().get("title"));
      }
      return titles;
    }
    Path file = given == null ? beside(input) : given;
    if (file == null) {
      return titles;
    }
    // The oldest of these files is not UTF-8, and every byte is a character of this set.
    try (TextLines lines = TextLines.open(file, MAX_LINE_LENGTH, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        String[] fields = split(line);
        if (fields.length > 1) {
          titles.put(fields[0], fields[1]);
        }
      }
      return titles;
    } catch (IOException e) {
      throw new InputException("titles must be a readable file, got " + file);
    }
  }

  private static Path beside(Path input) {
    return KNOWN_NAMES.stream()
        .map(input::resolveSibling)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  private static String[] split(String line) {
    if (line.contains("::")) {
      return line.split("::");
    }
    if (line.contains("|")) {
      return line.split("\\|");
    }
    int first = line.indexOf(',');
    int last = line.lastIndexOf(',');
    return first < 0 || first == last
        ? line.split("[,\t]")
        : new String[] {line.substring(0, first), line.substring(first + 1, last)};
  }
}
