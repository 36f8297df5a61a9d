/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits a file into statements as Flink's SQL client does: at semicolons that are not in quotes, a
 * comment or a statement set.
 */
final class SqlScript {
  private static final Pattern SET_BEGINS =
      Pattern.compile("(EXECUTE|BEGIN)\\s+STATEMENT\\s+SET\\b.*", flags());
  private static final Pattern SET_ENDS = Pattern.compile(".*\\bEND\\s*", flags());

  private final String text;
  private final StringBuilder current = new StringBuilder();
  private final List<String> statements = new ArrayList<>();
  private int at;

  private SqlScript(String text) {
    this.text = text;
  }

  private static int flags() {
    return Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
  }

  static List<String> split(String text) {
    return new SqlScript(text).split();
  }

  private List<String> split() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("--", at)) {
        skipTo("\n");
      } else if (text.startsWith("/*", at)) {
        skipTo("*/");
        current.append(' ');
      } else if (c == '\'' || c == '`' || c == '"') {
        copyQuoted(c);
      } else if (c == ';') {
        at++;
        endStatement();
      } else {
        current.append(c);
        at++;
      }
    }
    endStatement();
    return statements;
  }

  private void skipTo(String end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found + (end.equals("\n") ? 0 : end.length());
  }

  /** A doubled quote in quotes is two quoted parts side by side, which comes to the same. */
  private void copyQuoted(char quote) {
    int found = text.indexOf(quote, at + 1);
    int end = found < 0 ? text.length() : found + 1;
    current.append(text, at, end);
    at = end;
  }

  private void endStatement() {
    String statement = current.toString().strip();
    boolean isOpenSet =
        SET_BEGINS.matcher(statement).matches() && !SET_ENDS.matcher(statement).matches();
    if (isOpenSet && at < text.length()) {
      current.append(';');
      return;
    }
    current.setLength(0);
    if (!statement.isEmpty()) {
      statements.add(statement);
    }
  }
}
