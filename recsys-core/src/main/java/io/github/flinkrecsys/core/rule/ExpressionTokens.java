/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.rule;

import java.util.Set;

/** The words of an expression, one at a time. */
final class ExpressionTokens {
  /** What a token is. */
  enum Kind {
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    SYMBOL,
    END
  }

  private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "exists");

  private final String text;
  private Kind kind;
  private String value;
  private double number;
  private int start;
  private int end;

  ExpressionTokens(String text) {
    this.text = text;
    if (text.length() > ItemExpression.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "expression must be at most "
              + ItemExpression.MAX_LENGTH
              + " characters, got "
              + text.length());
    }
    next();
  }

  Kind kind() {
    return kind;
  }

  boolean takeWord(String keyword) {
    return take(Kind.WORD, keyword);
  }

  boolean takeSymbol(String symbol) {
    return take(Kind.SYMBOL, symbol);
  }

  private boolean take(Kind wanted, String wantedValue) {
    boolean is = kind == wanted && value.equals(wantedValue);
    if (is) {
      next();
    }
    return is;
  }

  String takeName(String expected) {
    if (kind != Kind.QUOTED_NAME && (kind != Kind.WORD || KEYWORDS.contains(value))) {
      throw error(expected);
    }
    String name = value;
    next();
    return name;
  }

  Conditions.Relation takeRelation() {
    for (Conditions.Relation relation : Conditions.Relation.values()) {
      if (takeSymbol(relation.symbol())) {
        return relation;
      }
    }
    throw error("one of == != < <= > >= in 'not in'");
  }

  String takeText() {
    if (kind != Kind.STRING) {
      throw error("a string in quotes");
    }
    String taken = value;
    next();
    return taken;
  }

  double takeNumber() {
    if (kind != Kind.NUMBER) {
      throw error("a number");
    }
    double taken = number;
    next();
    return taken;
  }

  /** Tells what was expected where the current token stands. */
  IllegalArgumentException error(String expected) {
    return error(expected, start);
  }

  private IllegalArgumentException error(String expected, int at) {
    String found = at >= text.length() ? "the end" : "'" + shortened(text.substring(at), 20) + "'";
    return new IllegalArgumentException(
        "expression must have "
            + expected
            + " at column "
            + (at + 1)
            + ", got "
            + found
            + " in: "
            + shortened(text, 200));
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "...";
  }

  private void next() {
    start = end;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    end = start;
    if (start == text.length()) {
      kind = Kind.END;
      value = "";
      return;
    }
    char first = text.charAt(start);
    if (first == '"' || first == '\'') {
      quoted(first, Kind.STRING);
    } else if (first == '`') {
      quoted(first, Kind.QUOTED_NAME);
    } else if (Character.isLetter(first) || first == '_') {
      word();
    } else if (first == '-' || first == '.' || isDigit(first)) {
      number();
    } else {
      symbol();
    }
  }

  private void quoted(char quote, Kind of) {
    StringBuilder content = new StringBuilder();
    end = start + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      if (text.charAt(end) == '\\') {
        end++;
      }
      if (end < text.length()) {
        content.append(text.charAt(end++));
      }
    }
    if (end >= text.length()) {
      throw error("a closing " + quote, text.length());
    }
    end++;
    kind = of;
    value = content.toString();
    if (of == Kind.QUOTED_NAME && value.isEmpty()) {
      throw error("a name");
    }
  }

  private void word() {
    while (end < text.length() && isPartOfWord(text.charAt(end))) {
      end++;
    }
    kind = Kind.WORD;
    value = text.substring(start, end);
  }

  private static boolean isPartOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
  }

  private void number() {
    end++;
    while (end < text.length() && isPartOfNumber(end)) {
      end++;
    }
    kind = Kind.NUMBER;
    value = text.substring(start, end);
    try {
      number = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw error("a number");
    }
    if (!Double.isFinite(number)) {
      throw error("a number within the range of a double");
    }
  }

  private boolean isPartOfNumber(int at) {
    char c = text.charAt(at);
    char before = text.charAt(at - 1);
    return isDigit(c)
        || c == '.'
        || c == 'e'
        || c == 'E'
        || (c == '-' || c == '+') && (before == 'e' || before == 'E');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void symbol() {
    kind = Kind.SYMBOL;
    boolean isPair = start + 1 < text.length() && text.charAt(start + 1) == '=';
    end = start + (isPair && "=!<>".indexOf(text.charAt(start)) >= 0 ? 2 : 1);
    value = text.substring(start, end);
  }
}
