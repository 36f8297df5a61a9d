/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.util;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Checks of arguments, all with the one text {@code <name> must be <rule>, got <value>}.
 *
 * <p>Every condition is written so that NaN fails it.
 */
public final class Checks {
  private static final int MAX_SHOWN = 200;
  private static final long MAX_SECONDS = 1L << 50;

  private Checks() {}

  /**
   * Checks that {@code value} is at least 1.
   *
   * @param name of the argument
   * @param value to check
   * @return {@code value}
   * @throws IllegalArgumentException if it is not
   */
  public static int positive(String name, int value) {
    return require(value > 0, name, "positive", value);
  }

  /**
   * Checks that {@code value} is at least 1.
   *
   * @param name of the argument
   * @param value to check
   * @return {@code value}
   * @throws IllegalArgumentException if it is not
   */
  public static long positive(String name, long value) {
    return require(value > 0, name, "positive", value);
  }

  /**
   * Checks that {@code value} is at least 0 and finite.
   *
   * @param name of the argument
   * @param value to check
   * @return {@code value}
   * @throws IllegalArgumentException if it is not
   */
  public static double nonNegative(String name, double value) {
    return require(value >= 0 && value < Double.POSITIVE_INFINITY, name, "non-negative", value);
  }

  /**
   * Checks that {@code value} is at least 0.
   *
   * @param name of the argument
   * @param value to check
   * @return {@code value}
   * @throws IllegalArgumentException if it is not
   */
  public static int nonNegative(String name, int value) {
    return require(value >= 0, name, "non-negative", value);
  }

  /**
   * Checks that {@code value} is at least 0.
   *
   * @param name of the argument
   * @param value to check
   * @return {@code value}
   * @throws IllegalArgumentException if it is not
   */
  public static long nonNegative(String name, long value) {
    return require(value >= 0, name, "non-negative", value);
  }

  /**
   * Checks that {@code value} lies in {@code (lowExclusive, highInclusive]}.
   *
   * @param name of the argument
   * @param value to check
   * @param lowExclusive largest value that is too small
   * @param highInclusive largest value allowed
   * @return {@code value}
   * @throws IllegalArgumentException if it does not
   */
  public static double inRange(
      String name, double value, double lowExclusive, double highInclusive) {
    return require(
        value > lowExclusive && value <= highInclusive,
        name,
        "in (" + lowExclusive + ", " + highInclusive + "]",
        value);
  }

  /**
   * Checks that {@code value} lies in {@code [low, high]}.
   *
   * @param name of the argument
   * @param value to check
   * @param low smallest value allowed
   * @param high largest value allowed
   * @return {@code value}
   * @throws IllegalArgumentException if it does not
   */
  public static int between(String name, int value, int low, int high) {
    return require(value >= low && value <= high, name, "between " + low + " and " + high, value);
  }

  /**
   * Checks that {@code value} is longer than nothing.
   *
   * @param name of the argument
   * @param value to check
   * @return {@code value}
   * @throws IllegalArgumentException if it is null, zero, negative, or beyond what milliseconds in
   *     a long can say
   */
  public static Duration positive(String name, Duration value) {
    require(value != null, name, "a duration", value);
    boolean fits = value.compareTo(Duration.ofMillis(1)) >= 0 && value.getSeconds() < MAX_SECONDS;
    return require(fits, name, "between 1 ms and 35 million years", value);
  }

  /**
   * Checks that {@code value} is nothing, or longer.
   *
   * @param name of the argument
   * @param value to check
   * @return {@code value}
   * @throws IllegalArgumentException if it is null, negative, shorter than the millisecond in which
   *     time is counted, or beyond what milliseconds in a long can say
   */
  public static Duration nonNegative(String name, Duration value) {
    require(value != null, name, "a duration", value);
    boolean fits =
        value.isZero()
            || value.compareTo(Duration.ofMillis(1)) >= 0 && value.getSeconds() < MAX_SECONDS;
    return require(fits, name, "zero or between 1 ms and 35 million years", value);
  }

  /**
   * Checks that {@code value} is there.
   *
   * @param <T> its type
   * @param name of the argument
   * @param value to check
   * @return {@code value}
   * @throws IllegalArgumentException if it is null
   */
  public static <T> T notNull(String name, T value) {
    return require(value != null, name, "given", value);
  }

  /**
   * Checks that {@code value} holds a character.
   *
   * @param name of the argument
   * @param value to check
   * @return {@code value}
   * @throws IllegalArgumentException if it is null or blank
   */
  public static String notBlank(String name, String value) {
    return require(value != null && !value.isBlank(), name, "a non-blank string", value);
  }

  /**
   * Copies a list.
   *
   * @param <T> type of its elements
   * @param name of the argument
   * @param list to copy
   * @return a copy that cannot be changed
   * @throws IllegalArgumentException if it is null or holds one
   */
  public static <T> List<T> copyOf(String name, List<T> list) {
    boolean isWhole = notNull(name, list).stream().noneMatch(Objects::isNull);
    return List.copyOf(require(isWhole, name, "without null", list));
  }

  /**
   * Copies a map.
   *
   * @param <K> type of its keys
   * @param <V> type of its values
   * @param name of the argument
   * @param map to copy
   * @return a copy that cannot be changed
   * @throws IllegalArgumentException if it is null or holds one
   */
  public static <K, V> Map<K, V> copyOf(String name, Map<K, V> map) {
    boolean isWhole =
        notNull(name, map).entrySet().stream()
            .noneMatch(entry -> entry.getKey() == null || entry.getValue() == null);
    return Map.copyOf(require(isWhole, name, "without null", map));
  }

  /**
   * Throws unless {@code holds}.
   *
   * @param <T> type of the value
   * @param holds whether the rule holds
   * @param name of the argument
   * @param rule what the argument must be
   * @param value what it is
   * @return {@code value}
   * @throws IllegalArgumentException if the rule does not hold
   */
  public static <T> T require(boolean holds, String name, String rule, T value) {
    if (!holds) {
      throw new IllegalArgumentException(
          shortened(name) + " must be " + rule + ", got " + shortened(String.valueOf(value)));
    }
    return value;
  }

  /** A list or text of any length must not become an error message of that length. */
  private static String shortened(String value) {
    return value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "...";
  }
}
