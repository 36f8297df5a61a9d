/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemTitlesTest {
  @TempDir private Path folder;

  private Map<String, String> read(String name, Charset charset, String... lines) throws Exception {
    Files.write(folder.resolve(name), String.join("\n", lines).getBytes(charset));
    return ItemTitles.read(null, folder.resolve("ratings"), null);
  }

  @Test
  void titlesWithCommasAndQuotesStandBesideListsOfGenres() throws Exception {
    assertThat(
            read(
                "movies.csv",
                StandardCharsets.UTF_8,
                "movieId,title,genres",
                "1,Toy Story (1995),Adventure|Animation",
                "11,\"American President, The (1995)\",Comedy|Drama|Romance",
                "73,\"Misérables, Les (1995)\",Drama",
                "99,\"\"\"Great\"\" Day (1977)\",(no genres listed)"))
        .contains(
            entry("1", "Toy Story (1995)"),
            entry("11", "American President, The (1995)"),
            entry("73", "Misérables, Les (1995)"),
            entry("99", "\"Great\" Day (1977)"));
  }

  @Test
  void olderFilesHaveOtherSeparatorsAndAnotherCharacterSet() throws Exception {
    assertThat(
            read(
                "u.item",
                StandardCharsets.ISO_8859_1,
                "543|Misérables, Les (1995)|01-Jan-1995||http://us.imdb.com/M/title|0|1"))
        .containsExactly(entry("543", "Misérables, Les (1995)"));
    Files.delete(folder.resolve("u.item"));
    assertThat(
            read(
                "movies.dat",
                StandardCharsets.UTF_8,
                "1::Toy Story (1995)::Animation|Children's",
                "2::Mission: Impossible, 1 (1996)::Action|Adventure"))
        .containsExactly(
            entry("1", "Toy Story (1995)"), entry("2", "Mission: Impossible, 1 (1996)"));
  }

  @Test
  void aFileOfIdsAndTitlesWillDo() throws Exception {
    Path given = Files.writeString(folder.resolve("mine.txt"), "a,Chair\nb\tTable\n\nc\n");
    assertThat(ItemTitles.read(given, null, null))
        .containsExactly(entry("a", "Chair"), entry("b", "Table"));
  }
}
