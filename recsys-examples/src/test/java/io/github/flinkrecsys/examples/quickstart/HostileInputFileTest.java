/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.Mutator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile input of the main job: lines that the job can count, or one error. */
class HostileInputFileTest {
  @TempDir private Path folder;

  @Test
  void inputFiles() {
    Mutator mutator =
        new Mutator(
            List.of(
                "u1,i1,view,1.5,1700000000000\nu2,i1,view,1.5,1700000000001",
                "1::2::4.5::978300760\n1::3::5::978300761",
                "{\"userId\":\"u\",\"itemId\":\"i\",\"timestampMillis\":7}"),
            "userId");
    InputFormat[] formats = InputFormat.values();
    Path file = folder.resolve("input");
    Fuzz.run(
        "input file of the main job",
        1_000,
        mutator::bytes,
        bytes -> {
          Files.write(file, bytes);
          try {
            InputFile input = InputFile.read(file, formats[bytes.length % formats.length]);
            assertThat(input.interactions()).isBetween(1L, (long) input.lines().length);
            assertThat(input.firstMillis()).isBetween(0L, input.lastMillis());
            return true;
          } catch (InputException e) {
            assertThat(e.getMessage())
                .startsWith("input must ")
                .contains(file.toString())
                .doesNotContain("\n")
                .hasSizeLessThan(1_000);
            return false;
          }
        });
  }

  @Test
  void titles() {
    Mutator mutator =
        new Mutator(List.of("1::Toy Story (1995)::Comedy\n2|b|c", "1,\"a, b\",c\n2,d,e"), "|");
    Path file = folder.resolve("titles");
    Fuzz.run(
        "titles of items",
        500,
        mutator::bytes,
        bytes -> {
          Files.write(file, bytes);
          return !ItemTitles.read(file, null, null).isEmpty();
        });
  }
}
