/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.testing;

import io.github.flinkrecsys.savepoints.DocsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables and lists of docs/state.md that are about this module. */
public final class StatePage {
  private static final Pattern OPERATOR =
      Pattern.compile("\\| `(<name>-[a-z-]+)` \\| `([A-Z][A-Za-z]*)`.*");
  private static final Pattern STATE =
      Pattern.compile("\\| `(<name>-[a-z-]+|[A-Z][A-Za-z]+)` \\| `([a-z-]+)` \\|.*");
  private static final Pattern TYPE =
      Pattern.compile("- `(io\\.github\\.flinkrecsys\\.[A-Za-z.]+)`.*");

  private StatePage() {}

  /** Uids of the operators of a recommender, with {@code <name>} for its name. */
  public static Set<String> uids() throws IOException {
    return rows(OPERATOR, row -> row.group(1));
  }

  /** Functions of these operators by their uids. */
  public static Map<String, String> functions() throws IOException {
    return rows(OPERATOR, row -> row.group(1) + " " + row.group(2)).stream()
        .map(row -> row.split(" "))
        .collect(Collectors.toMap(row -> row[0], row -> row[1]));
  }

  /** Uid, or function where the uid is the user's, and name of each state, with a blank between. */
  public static Set<String> states() throws IOException {
    return rows(STATE, row -> row.group(1) + " " + row.group(2));
  }

  /** Names of the classes of state. */
  public static Set<String> types() throws IOException {
    return rows(TYPE, row -> row.group(1));
  }

  private interface Text {
    String of(MatchResult row);
  }

  private static Set<String> rows(Pattern pattern, Text text) throws IOException {
    Set<String> rows = new TreeSet<>();
    for (String line : Files.readAllLines(DocsPage.of("state.md"))) {
      Matcher row = pattern.matcher(line);
      if (row.matches()) {
        rows.add(text.of(row));
      }
    }
    return rows;
  }
}
