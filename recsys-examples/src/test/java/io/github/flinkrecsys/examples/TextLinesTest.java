/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
  @TempDir private Path folder;

  @Test
  void linesAreThoseOfTheJdk() throws IOException {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(List.of("\n", "\r", "\r\n", "a", "\u00e9\ud83d\ude00").get(random.nextInt(5)));
      }
      // Across the end of the buffer, too.
      String whole = "x".repeat(random.nextInt(3) * ((1 << 14) - 10)) + text;
      assertThat(read(Files.writeString(folder.resolve("text"), whole), 100_000))
          .as("seed %d", seed)
          .isEqualTo(new BufferedReader(new StringReader(whole)).lines().toList());
    }
  }

  @Test
  void ofALongLineTheRestIsLeftOut() throws IOException {
    Path file = Files.writeString(folder.resolve("long"), "abc\n" + "d".repeat(100_000) + "\ne");
    assertThat(read(file, 3)).containsExactly("abc", "dddd", "e");
  }

  private static List<String> read(Path file, int maxLength) throws IOException {
    List<String> read = new ArrayList<>();
    try (TextLines lines = TextLines.open(file, maxLength)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        read.add(line);
      }
      assertThat(lines.next()).isNull();
    }
    return read;
  }
}
