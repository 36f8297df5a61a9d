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
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Titles of items: of the MovieLens files, or of the generated shop. */
final class ItemTitles {
  private static final int MAX_LINE_LENGTH = 100_000;

  /** Stands where bytes were no characters of the set. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final Pattern COLONS = Pattern.compile("::");
  private static final Pattern BAR = Pattern.compile("\\|");
  private static final Pattern COMMA_OR_TAB = Pattern.compile("[,\t]");

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
    try {
      titles.putAll(titles(file, StandardCharsets.UTF_8));
      // The oldest of these files is not UTF-8, and every byte is a character of this set.
      return titles.values().stream().noneMatch(title -> title.indexOf(REPLACEMENT) >= 0)
          ? titles
          : titles(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new InputException("titles must be a readable file, got " + file);
    }
  }

  private static Map<String, String> titles(Path file, Charset charset) throws IOException {
    Map<String, String> titles = new HashMap<>();
    try (TextLines lines = TextLines.open(file, MAX_LINE_LENGTH, charset)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        String[] fields = split(line);
        if (fields.length > 1) {
          titles.put(fields[0], fields[1]);
        }
      }
    }
    return titles;
  }

  private static Path beside(Path input) {
    return KNOWN_NAMES.stream()
        .map(input::resolveSibling)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  /** The separator is the one behind the id: titles have commas, and lists of genres have bars. */
  private static String[] split(String line) {
    int idEnd = 0;
    while (idEnd < line.length() && ":|,\t".indexOf(line.charAt(idEnd)) < 0) {
      idEnd++;
    }
    String rest = line.substring(idEnd);
    if (rest.startsWith("::")) {
      return COLONS.split(line);
    }
    if (rest.startsWith("|")) {
      return BAR.split(line);
    }
    int last = line.lastIndexOf(',');
    return rest.startsWith(",") && last > idEnd
        ? new String[] {line.substring(0, idEnd), unquoted(line.substring(idEnd + 1, last))}
        : COMMA_OR_TAB.split(line);
  }

  private static String unquoted(String field) {
    return field.length() > 1 && field.startsWith("\"") && field.endsWith("\"")
        ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
        : field;
  }
}
