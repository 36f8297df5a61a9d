/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.als;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.Mutator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile files of pairs: pairs of usable ids, or one error that names the file. */
class HostilePairsTest {
  @TempDir private Path folder;

  @Test
  void pairsByUser() {
    Mutator mutator =
        new Mutator(List.of("0 1 2 3\n1 2\n\n2", "u\tv w\r\nx y"), "\u3000", "\u0085");
    Path file = folder.resolve("pairs");
    Fuzz.run(
        "pairs by user",
        1_000,
        mutator::bytes,
        bytes -> {
          Files.write(file, bytes);
          return accepts(file);
        });
  }

  @Test
  void aFileWithoutLineBreaksDoesNotFillTheHeap() throws IOException {
    Path file = folder.resolve("binary");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Sparse: zeros that are on no disk.
      channel.write(ByteBuffer.wrap(new byte[1]), 1L << 27);
    }
    assertThat(accepts(file)).isFalse();
  }

  private static boolean accepts(Path file) {
    try {
      PairsByUserFile.read(
          "train",
          file,
          (user, item) -> {
            assertThat(user).isNotBlank().hasSizeLessThanOrEqualTo(1024);
            assertThat(item).isNotBlank().hasSizeLessThanOrEqualTo(1024);
          });
      return true;
    } catch (InputException e) {
      assertThat(e.getMessage())
          .startsWith("train must ")
          .endsWith(file.toString())
          .hasSizeLessThan(300);
      return false;
    }
  }
}
