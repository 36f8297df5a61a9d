/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.stream.ShopStream;
import io.github.flinkrecsys.examples.stream.ShopStreamConfig;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Titles of items: of the MovieLens files, or of the generated shop. */
final class ItemTitles {
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
      for (String line : lines(file)) {
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

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      // The oldest of these files is not UTF-8, and every byte is a character of this set.
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }
  }

  /** The separator is the one behind the id: titles have commas, and lists of genres have bars. */
  private static String[] split(String line) {
    int idEnd = 0;
    while (idEnd < line.length() && ":|,\t".indexOf(line.charAt(idEnd)) < 0) {
      idEnd++;
    }
    String rest = line.substring(idEnd);
    if (rest.startsWith("::")) {
      return line.split("::");
    }
    if (rest.startsWith("|")) {
      return line.split("\\|");
    }
    int last = line.lastIndexOf(',');
    return rest.startsWith(",") && last > idEnd
        ? new String[] {line.substring(0, idEnd), unquoted(line.substring(idEnd + 1, last))}
        : line.split("[,\t]");
  }

  private static String unquoted(String field) {
    return field.length() > 1 && field.startsWith("\"") && field.endsWith("\"")
        ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
        : field;
  }
}
