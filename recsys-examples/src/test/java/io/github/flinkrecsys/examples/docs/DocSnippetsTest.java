/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Java on the pages is code that compiles: each block equals its region of Snippets.java. */
class DocSnippetsTest {
  private static final int EXPECTED_SNIPPETS = 10;
  private static final Path SOURCE =
      Path.of(
          "recsys-examples/src/main/java/io/github/flinkrecsys/examples/snippets/Snippets.java");
  private static final Pattern MARKER = Pattern.compile("<!-- snippet: ([a-z-]+) -->");
  private static final Pattern REGION = Pattern.compile("// (tag|end)::([a-z-]+)\\[\\]");

  @Test
  void everyBlockEqualsItsRegion() throws Exception {
    Map<String, List<String>> regions = regions();
    Set<String> shown = new HashSet<>();
    for (Path page : DocFiles.pages()) {
      List<String> lines = Files.readAllLines(page);
      for (int i = 0; i < lines.size(); i++) {
        Matcher marker = MARKER.matcher(lines.get(i).strip());
        if (marker.matches()) {
          String name = marker.group(1);
          assertThat(regions).as("regions that %s shows", page).containsKey(name);
          assertThat(lines.get(i + 1)).as("line after %s in %s", name, page).isEqualTo("```java");
          assertThat(block(lines, i + 2)).as("%s in %s", name, page).isEqualTo(regions.get(name));
          shown.add(name);
        } else if (lines.get(i).equals("```java")) {
          assertThat(i > 0 && MARKER.matcher(lines.get(i - 1).strip()).matches())
              .as("java block at line %d of %s has a marker", i + 1, page)
              .isTrue();
        }
      }
    }
    assertThat(shown).isEqualTo(regions.keySet()).hasSizeGreaterThanOrEqualTo(EXPECTED_SNIPPETS);
  }

  private static List<String> block(List<String> lines, int from) {
    List<String> block = new ArrayList<>();
    for (int i = from; !lines.get(i).equals("```"); i++) {
      block.add(lines.get(i).strip());
    }
    return block;
  }

  private static Map<String, List<String>> regions() throws Exception {
    Map<String, List<String>> regions = new HashMap<>();
    String open = null;
    for (String line : Files.readAllLines(DocFiles.root().resolve(SOURCE))) {
      Matcher region = REGION.matcher(line.strip());
      if (!region.matches()) {
        if (open != null) {
          regions.get(open).add(line.strip());
        }
      } else if (region.group(1).equals("tag")) {
        assertThat(open).as("region open at %s", line).isNull();
        open = region.group(2);
        assertThat(regions.put(open, new ArrayList<>())).as("second %s", line).isNull();
      } else {
        assertThat(region.group(2)).as("end of region").isEqualTo(open);
        open = null;
      }
    }
    return regions;
  }
}
