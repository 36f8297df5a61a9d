/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.operators.testing.StatePage;
import io.github.flinkrecsys.savepoints.KeptSavepoints;
import io.github.flinkrecsys.savepoints.SavepointContents;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The newest kept savepoints have something in every state of docs/state.md, and no state that is
 * not there. {@link SavepointITCase} holds that the code has no other state: whoever adds some must
 * write them anew.
 */
class KeptStateTest {
  /** Where the job has the operators that the page names by their function. */
  private static final Map<String, List<String>> UIDS =
      Map.of(
          "ProfileJoinFunction", List.of("ProfileJoinFunction", "ProfileJoinFunction of items"),
          "WalkStartFunction", List.of("walk-start"),
          "AdjacencyFunction",
              List.of("walk-items-1", "walk-users-1", "walk-items-2", "walk-users-2"));

  @ParameterizedTest
  @ValueSource(strings = {"0.1.0-flink-1.20.5", "0.1.0-flink-2.3.0"})
  void everyStateOfThePageIsKept(String name, @TempDir Path directory) throws Exception {
    KeptSavepoints.assumeReadable(name);
    Map<String, Long> kept =
        SavepointContents.read(KeptSavepoints.unpack(name, directory), KeptJob.uids(directory));
    Map<String, Long> entries = new TreeMap<>();
    for (String row : StatePage.states()) {
      for (String state : states(row)) {
        entries.put(state, kept.getOrDefault(state, 0L));
      }
    }
    assertThat(entries).hasSizeGreaterThan(50);
    assertThat(entries.keySet().stream().filter(state -> entries.get(state) == 0))
        .as("states that are empty")
        .isEmpty();
    assertThat(undocumented(kept)).as("states that the page does not name").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1.0-flink-1.20.5", "0.1.0-flink-2.3.0"})
  void typesOfTheSavepointAreThoseOfThePage(String name, @TempDir Path directory) throws Exception {
    assertThat(SavepointContents.types(KeptSavepoints.unpack(name, directory)))
        .isEqualTo(StatePage.types());
  }

  /** Where the job has a state that the page names as {@code operator state}. */
  private static List<String> states(String row) {
    String[] names = row.split(" ");
    if (names[1].equals("held-interactions")) {
      return List.of(row.replace("<name>", KeptJob.WAITING));
    }
    if (names[0].startsWith("<name>")) {
      return List.of(row.replace("<name>", KeptJob.SHOP));
    }
    return UIDS.getOrDefault(names[0], List.of(names[0])).stream()
        .map(uid -> uid + " " + names[1])
        .toList();
  }

  /** What is left of the kept states without those of the page. */
  private static TreeSet<String> undocumented(Map<String, Long> kept) throws Exception {
    TreeSet<String> left = new TreeSet<>();
    List<String> names = StatePage.states().stream().map(row -> row.split(" ")[1]).toList();
    for (String state : kept.keySet()) {
      boolean isOfFlink = state.endsWith(" SourceReaderState");
      if (!isOfFlink && !names.contains(state.substring(state.lastIndexOf(' ') + 1))) {
        left.add(state);
      }
    }
    return left;
  }
}
