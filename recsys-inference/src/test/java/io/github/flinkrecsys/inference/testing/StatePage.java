/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.testing;

import io.github.flinkrecsys.savepoints.DocsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of docs/state.md that is about this module. */
public final class StatePage {
  private static final String BEGIN = "## State of recsys-inference";
  private static final Pattern ROW =
      Pattern.compile(
          "\\| [^|`]*`([A-Za-z.]+)`[^|]*\\| `([a-z-]+)` \\| ([^|]+) \\| `([^`]+)` \\|.*");

  /** Operator of a state, as the page names it, kind of the state and type of its values. */
  public record Row(String operator, String kind, String type) {}

  private StatePage() {}

  /** Rows by the name of the state. */
  public static Map<String, Row> rows() throws IOException {
    String text = Files.readString(DocsPage.of("state.md"));
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    Map<String, Row> rows = new TreeMap<>();
    for (String line : text.substring(begin, text.indexOf("\n## ", begin)).lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group(2), new Row(row.group(1), row.group(3), row.group(4)));
      }
    }
    return rows;
  }
}
