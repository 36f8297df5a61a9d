/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the text parsers share: cleaning and splitting lines, reading numbers strictly. */
final class TextFields {
  private static final int MAX_NUMBER_LENGTH = 100;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  // Double.parseDouble alone would also take "NaN", "Infinity", "0x1p3" and "1f".
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern SECONDS = Pattern.compile("-?\\d+(\\.\\d*)?");
  private static final Pattern INTEGER = Pattern.compile("-?\\d+");

  private TextFields() {}

  /** Takes a byte order mark and the line break off; null if nothing but white space is left. */
  static String clean(String line) throws MalformedRecordException {
    if (line == null) {
      throw new MalformedRecordException("line", "given", null);
    }
    if (line.length() > RecordParser.MAX_LINE_LENGTH) {
      throw new MalformedRecordException(
          "line", "at most " + RecordParser.MAX_LINE_LENGTH + " characters", line.length());
    }
    int from = !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    int to = line.length();
    while (to > from && (line.charAt(to - 1) == '\n' || line.charAt(to - 1) == '\r')) {
      to--;
    }
    String text = line.substring(from, to);
    return text.isBlank() ? null : text;
  }

  static List<String> split(String line, String separator) {
    List<String> fields = new ArrayList<>();
    int from = 0;
    for (int at; (at = line.indexOf(separator, from)) >= 0; from = at + separator.length()) {
      fields.add(line.substring(from, at));
    }
    fields.add(line.substring(from));
    return fields;
  }

  /** Reads a finite decimal number. */
  static double number(String name, String field) throws MalformedRecordException {
    double value = Double.parseDouble(matching(DECIMAL, name, "a number", field));
    if (!Double.isFinite(value)) {
      throw new MalformedRecordException(name, "finite", field);
    }
    return value;
  }

  /** Reads non-negative whole milliseconds. */
  static long millis(String name, String field) throws MalformedRecordException {
    return nonNegativeLong(name, matching(INTEGER, name, "a whole number", field));
  }

  /** Reads non-negative seconds as milliseconds; digits beyond the third of a fraction are cut. */
  static long secondsAsMillis(String name, String field) throws MalformedRecordException {
    String text = matching(SECONDS, name, "a number of seconds", field);
    int dot = text.indexOf('.');
    long seconds = nonNegativeLong(name, dot < 0 ? text : text.substring(0, dot));
    String fraction = dot < 0 ? "" : text.substring(dot + 1);
    long millis = Long.parseLong((fraction + "000").substring(0, 3));
    if (seconds > (Long.MAX_VALUE - millis) / 1000) {
      throw new MalformedRecordException(name, "at most " + Long.MAX_VALUE / 1000, field);
    }
    return seconds * 1000 + millis;
  }

  private static String matching(Pattern form, String name, String rule, String field)
      throws MalformedRecordException {
    if (field.length() > MAX_NUMBER_LENGTH) {
      throw new MalformedRecordException(
          name, "at most " + MAX_NUMBER_LENGTH + " characters", field.length());
    }
    String text = field.strip();
    if (!form.matcher(text).matches()) {
      throw new MalformedRecordException(name, rule, field);
    }
    return text;
  }

  private static long nonNegativeLong(String name, String digits) throws MalformedRecordException {
    if (digits.charAt(0) == '-') {
      throw new MalformedRecordException(name, "non-negative", digits);
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new MalformedRecordException(name, "at most " + Long.MAX_VALUE, digits);
    }
  }
}
