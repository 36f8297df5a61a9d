/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads ratings as the MovieLens data sets write them: {@code user::item::rating::timestamp}, or
 * the same four fields with tabs or commas, with or without a header.
 *
 * <p>The separator is chosen per line: {@code ::} if the line has it, else a tab if it has one,
 * else a comma. The result has type {@link Interaction#RATING} and the rating as its weight. The
 * timestamp is in seconds since 1970 and may have a fraction.
 *
 * <p>A header is a line whose four fields are the known column names, wherever it stands; that
 * cannot be a rating, because its rating is no number.
 */
public final class MovieLensParser implements RecordParser<Interaction> {
  private static final long serialVersionUID = 1L;
  private static final List<Set<String>> HEADER =
      List.of(
          Set.of("user", "userid"),
          Set.of("movie", "movieid", "item", "itemid"),
          Set.of("rating"),
          Set.of("timestamp"));

  /** Makes a parser; it has no settings. */
  public MovieLensParser() {}

  @Override
  public Interaction parse(String line) throws MalformedRecordException {
    String text = TextFields.clean(line);
    if (text == null) {
      return null;
    }
    List<String> fields = TextFields.split(text, separatorOf(text));
    if (fields.size() != HEADER.size()) {
      throw new MalformedRecordException(
          "fields", "user, item, rating and timestamp", fields.size() + ": " + text);
    }
    if (isHeader(fields)) {
      return null;
    }
    double rating = TextFields.number("rating", fields.get(2));
    if (rating < 0) {
      throw new MalformedRecordException("rating", "non-negative", fields.get(2));
    }
    long millis = TextFields.secondsAsMillis("timestamp", fields.get(3));
    return new Interaction(fields.get(0), fields.get(1), Interaction.RATING, rating, millis);
  }

  private static String separatorOf(String text) {
    if (text.contains("::")) {
      return "::";
    }
    return text.indexOf('\t') >= 0 ? "\t" : ",";
  }

  private static boolean isHeader(List<String> fields) {
    for (int i = 0; i < HEADER.size(); i++) {
      String name = fields.get(i).strip().replace("_", "").toLowerCase(Locale.ROOT);
      if (!HEADER.get(i).contains(name)) {
        return false;
      }
    }
    return true;
  }
}
