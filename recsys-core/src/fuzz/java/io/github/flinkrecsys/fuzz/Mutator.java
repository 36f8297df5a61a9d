/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes hostile texts of good ones: cut, with parts left out, repeated, taken from one another,
 * words that mean something in the grammar where they do not belong, numbers beyond every range,
 * deep nesting, and ids of up to a megabyte. About one in twenty stays good.
 */
public final class Mutator {
  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "\"",
          "'",
          "\\",
          "\u0000",
          "\uFEFF",
          "\uD800",
          "\uDFFF",
          "\u202E",
          "\u2028",
          "\uD83D\uDE00",
          "\r\n",
          "\n",
          "\t",
          ",",
          "::",
          "[",
          "]",
          "{",
          "}",
          "(",
          ")",
          "[]",
          "{}",
          "null",
          "true",
          "NaN",
          "-Infinity",
          "1e999",
          "-1e999",
          "1e-999",
          "-0",
          "00",
          "0x1p3",
          "1f",
          ".",
          "-1",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "9".repeat(60),
          "9".repeat(400),
          "1e2147483648",
          "../",
          "%00",
          "%",
          "${x}",
          "@class",
          "java.lang.Object");

  /** How often something is repeated; the long ones are rare. */
  private static final int[] TIMES = {2, 3, 10, 33, 101, 1_000};

  private static final int[] LONG_TIMES = {1_025, 10_001, 65_537, 200_000, 999_000, 1_048_576};
  private static final int RARE = 500;
  private static final int MAX_LENGTH = 2_000_000;

  private final List<String> seeds;
  private final List<String> tokens;

  /**
   * Makes a mutator.
   *
   * @param seeds good texts
   * @param tokens of the grammar
   */
  public Mutator(List<String> seeds, String... tokens) {
    this.seeds = seeds;
    this.tokens = Stream.concat(HOSTILE.stream(), Arrays.stream(tokens)).toList();
  }

  /** Makes a text. */
  public String text(Random random) {
    String text = any(seeds, random);
    if (random.nextInt(20) == 0) {
      return text;
    }
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      text = changed(text, random);
    }
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
  }

  /** Makes bytes: those of a text in UTF-8, every second time with some that are changed or cut. */
  public byte[] bytes(Random random) {
    byte[] bytes = text(random).getBytes(StandardCharsets.UTF_8);
    return random.nextBoolean() ? bytes : changed(bytes, random);
  }

  /** Changes some bytes, or leaves out what follows one. */
  public static byte[] changed(byte[] bytes, Random random) {
    byte[] changed =
        random.nextInt(4) == 0
            ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))
            : bytes.clone();
    for (int n = random.nextInt(4); n > 0 && changed.length > 0; n--) {
      int at = random.nextInt(changed.length);
      changed[at] =
          random.nextBoolean()
              ? (byte) (changed[at] ^ (1 << random.nextInt(8)))
              : (byte) random.nextInt(256);
    }
    return changed;
  }

  private String changed(String text, Random random) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(1 + random.nextInt(16)));
    String before = text.substring(0, from);
    String part = text.substring(from, to);
    String after = text.substring(to);
    return switch (random.nextInt(10)) {
      case 0 -> before;
      case 1 -> before + after;
      case 2 -> before + part + part + after;
      case 3 -> before + any(tokens, random) + after;
      case 4 -> before + part + any(tokens, random) + after;
      case 5 -> before + (char) random.nextInt(0x10000) + after;
      case 6 -> before + repeated(any(tokens, random), random) + after;
      case 7 -> before + repeated(part, random) + after;
      case 8 -> before + tailOf(any(seeds, random), random);
      default -> withAnotherWord(text, random);
    };
  }

  private static String repeated(String part, Random random) {
    int times = any(random.nextInt(RARE) == 0 ? LONG_TIMES : TIMES, random);
    return part.repeat(Math.min(times, MAX_LENGTH / Math.max(1, part.length())));
  }

  private static String tailOf(String text, Random random) {
    return text.substring(random.nextInt(text.length() + 1));
  }

  /** Puts a token in the place of a word, so that the rest stays what it was. */
  private String withAnotherWord(String text, Random random) {
    int from = random.nextInt(text.length() + 1);
    while (from < text.length() && !Character.isLetterOrDigit(text.charAt(from))) {
      from++;
    }
    int to = from;
    while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
      to++;
    }
    while (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
      from--;
    }
    return text.substring(0, from) + any(tokens, random) + text.substring(to);
  }

  private static String any(List<String> texts, Random random) {
    return texts.get(random.nextInt(texts.size()));
  }

  private static int any(int[] numbers, Random random) {
    return numbers[random.nextInt(numbers.length)];
  }
}
