/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.Mutator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile lists of a model's items: items that come back from their own file, or one line. */
class HostileVocabularyTest {
  @TempDir private Path folder;

  @Test
  void vocabularies() {
    Mutator mutator =
        new Mutator(List.of("a\nb\nc", "i1\r\ni2\r\ni3\r\n", "\u00e9\n\ud83d\ude00"), "\r", "\n\n");
    Fuzz.run("items of a model", 4_000, mutator::bytes, this::accepts);
  }

  private boolean accepts(byte[] bytes) throws IOException {
    ModelVersion file = file(bytes);
    List<String> items;
    try {
      items = items(Vocabulary.load(file));
    } catch (ModelException e) {
      assertThat(e.getMessage())
          .startsWith(file + " ")
          .contains(" must ")
          .hasSizeLessThan(file.toString().length() + 1_100);
      assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl);
      return false;
    }
    // Past the catch: items that do not come back from their own file are not refused, but lost.
    byte[] again = String.join("\n", items).getBytes(StandardCharsets.UTF_8);
    assertThat(items(Vocabulary.load(file(again)))).isEqualTo(items);
    return true;
  }

  private static List<String> items(Vocabulary vocabulary) {
    List<String> items = new ArrayList<>();
    for (int column = 0; column < vocabulary.size(); column++) {
      assertThat(vocabulary.column(Hashes.hash(vocabulary.id(column)))).isEqualTo(column);
      items.add(vocabulary.id(column));
    }
    assertThat(items).isNotEmpty();
    return items;
  }

  /** Each would be a string, in some gigabytes, before the first was looked at. */
  @Test
  void aFileOfLineBreaksIsRefusedAtItsFirst() throws IOException {
    byte[] breaks = new byte[64 << 20];
    Arrays.fill(breaks, (byte) '\n');
    ModelVersion file = file(breaks);
    assertThatThrownBy(() -> Vocabulary.load(file))
        .hasMessage(file + " must name an item in each line, names none in line 1");
  }

  @Test
  void anItemThatNoEventCanHaveIsRefused() throws IOException {
    ModelVersion file = file(("a\n" + "x".repeat(1_025)).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Vocabulary.load(file))
        .hasMessage(file + " item must be at most 1024 characters, got 1025 in line 2");
  }

  /** Anew each time: ext4 writes a file that is cut to nothing to the disk, which takes longest. */
  private ModelVersion file(byte[] bytes) throws IOException {
    Path file = folder.resolve("items");
    Files.deleteIfExists(file);
    return new ModelVersion(1, Files.write(file, bytes).toString());
  }
}
