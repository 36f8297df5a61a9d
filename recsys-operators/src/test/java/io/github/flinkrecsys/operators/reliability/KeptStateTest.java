/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.operators.testing.StatePage;
import io.github.flinkrecsys.savepoints.KeptSavepoints;
import io.github.flinkrecsys.savepoints.SavepointContents;
import io.github.flinkrecsys.savepoints.SavepointName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The newest kept savepoints have something in every state of docs/state.md, and no state that is
 * not there. {@link SavepointITCase} holds that the code has no other state: whoever adds some must
 * write them anew.
 */
class KeptStateTest {
  private static final String NEWEST =
      "io.github.flinkrecsys.savepoints.KeptSavepoints#newestOfEachLine";

  /** Where the job has the operators that the page names by their function. */
  private static final Map<String, List<String>> UIDS =
      Map.of(
          "ProfileJoinFunction", List.of("ProfileJoinFunction", "ProfileJoinFunction of items"),
          "WalkStartFunction", List.of("walk-start"),
          "AdjacencyFunction",
              List.of("walk-items-1", "walk-users-1", "walk-items-2", "walk-users-2"));

  /** Where it has another of them, of whose state nothing may be left. */
  private static final Map<String, String> EMPTY = Map.of("WalkCollectFunction", "walk-lists");

  @ParameterizedTest
  @MethodSource(NEWEST)
  void everyStateOfThePageIsKept(SavepointName name, @TempDir Path directory) throws Exception {
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
  @MethodSource(NEWEST)
  void typesOfTheSavepointAreThoseOfThePage(SavepointName name, @TempDir Path directory)
      throws Exception {
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

  /** What is left of the kept states without those of the page, each in its operator. */
  private static Set<String> undocumented(Map<String, Long> kept) throws IOException {
    Set<String> left = new TreeSet<>(kept.keySet());
    left.removeIf(state -> state.endsWith(" SourceReaderState"));
    Map<String, String> functions = StatePage.functions();
    for (String row : StatePage.states()) {
      String[] names = row.split(" ");
      left.removeAll(states(row));
      for (String name : List.of(KeptJob.SHOP, KeptJob.WAITING, KeptFunctions.ALONE)) {
        left.remove(row.replace("<name>", name));
      }
      left.remove(functions.get(names[0]) + " " + names[1]);
      left.remove(EMPTY.get(names[0]) + " " + names[1]);
    }
    return left;
  }
}
