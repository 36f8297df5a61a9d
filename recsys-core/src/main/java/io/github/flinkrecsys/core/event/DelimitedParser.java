/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Reads interactions from delimited lines, such as CSV or TSV.
 *
 * <p>Fields may be quoted as in RFC 4180: {@code "a ""quoted"" field, with a separator"}. A record
 * is one line. An absent or empty {@code type} is {@link Interaction#CLICK}, an absent or empty
 * {@code weight} is 1.
 *
 * <p>A header is a line that names {@code userId}, {@code itemId} and {@code timestampMillis}; the
 * lines that this instance parses after it are read in its order. The header is not part of any
 * checkpoint, and lines of a file may be spread over several instances: where the order of a file
 * differs from that of the config, name it in the config, or require a header, so that a line is
 * refused rather than misread.
 */
public final class DelimitedParser implements RecordParser<Interaction> {
  private static final long serialVersionUID = 1L;

  private final char separator;
  private Columns columns;

  /**
   * Makes a parser.
   *
   * @param config how lines are delimited
   * @throws IllegalArgumentException if it is null
   */
  public DelimitedParser(DelimitedConfig config) {
    Checks.notNull("config", config);
    this.separator = config.separator();
    this.columns = config.headerRequired() ? null : Columns.of(config.columns());
  }

  @Override
  public Interaction parse(String line) throws MalformedRecordException {
    String text = TextFields.clean(line);
    if (text == null) {
      return null;
    }
    List<String> fields = split(text);
    if (DelimitedConfig.isHeader(fields)) {
      if (new HashSet<>(fields).size() < fields.size()) {
        throw new MalformedRecordException("header", "distinct names", text);
      }
      columns = Columns.of(fields);
      return null;
    }
    if (columns == null) {
      throw new MalformedRecordException("line", "preceded by a header", text);
    }
    if (fields.size() != columns.count()) {
      throw new MalformedRecordException(
          "fields", String.valueOf(columns.count()), fields.size() + ": " + text);
    }
    return interaction(fields);
  }

  private Interaction interaction(List<String> fields) throws MalformedRecordException {
    String type = optional(fields, columns.type());
    String weight = optional(fields, columns.weight());
    return new Interaction(
        fields.get(columns.userId()),
        fields.get(columns.itemId()),
        type.isEmpty() ? Interaction.CLICK : type,
        weight.isBlank() ? 1.0 : TextFields.number(DelimitedConfig.WEIGHT, weight),
        TextFields.millis(DelimitedConfig.TIMESTAMP_MILLIS, fields.get(columns.timestampMillis())));
  }

  private static String optional(List<String> fields, int column) {
    return column < 0 ? "" : fields.get(column);
  }

  private List<String> split(String text) throws MalformedRecordException {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (true) {
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      int end = quoted ? closingQuote(text, at) + 1 : text.indexOf(separator, at);
      end = end < 0 ? text.length() : end;
      String field = quoted ? text.substring(at + 1, end - 1) : text.substring(at, end);
      if (!quoted && field.indexOf('"') >= 0) {
        throw new MalformedRecordException("quote", "at both ends of a field", field);
      }
      fields.add(quoted ? field.replace("\"\"", "\"") : field);
      if (end == text.length()) {
        return fields;
      }
      if (text.charAt(end) != separator) {
        throw new MalformedRecordException(
            "closing quote", "followed by a separator", text.substring(at));
      }
      at = end + 1;
    }
  }

  private static int closingQuote(String text, int openingQuote) throws MalformedRecordException {
    for (int at = openingQuote + 1; at < text.length(); at++) {
      if (text.charAt(at) == '"') {
        boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == '"';
        if (!doubled) {
          return at;
        }
        at++;
      }
    }
    throw new MalformedRecordException("quote", "closed", text.substring(openingQuote));
  }

  /** Where each field stands; -1 for an optional one that is absent. */
  private record Columns(
      int count, int userId, int itemId, int type, int weight, int timestampMillis)
      implements Serializable {

    static Columns of(List<String> names) {
      return new Columns(
          names.size(),
          names.indexOf(DelimitedConfig.USER_ID),
          names.indexOf(DelimitedConfig.ITEM_ID),
          names.indexOf(DelimitedConfig.TYPE),
          names.indexOf(DelimitedConfig.WEIGHT),
          names.indexOf(DelimitedConfig.TIMESTAMP_MILLIS));
    }
  }
}
