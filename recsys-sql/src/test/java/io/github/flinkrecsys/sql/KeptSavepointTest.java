/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.savepoints.KeptSavepoints;
import io.github.flinkrecsys.savepoints.SavepointContents;
import io.github.flinkrecsys.savepoints.SavepointName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A savepoint that a release has written, after half of {@link SqlJob}'s events, is restored by
 * every build, and has something in every state of the functions.
 */
class KeptSavepointTest {
  private static final int HALF = SqlJob.EVENTS / 2;
  private static final Instant LAST = Instant.ofEpochMilli((HALF - 1) * 60_000L);

  /** Calls whose state is looked at, by the name of the function. */
  private static final Map<String, String> UIDS =
      Map.of(
          "sessionize", "sessions",
          "trending", "trends",
          "factorize", "factors",
          "top_k", "near",
          "item_pairs", "pairs",
          "item_counts", "counts",
          "item_neighbors", "neighbors",
          "prequential", "judged");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("io.github.flinkrecsys.savepoints.KeptSavepoints#all")
  void aKeptSavepointRestores(SavepointName name) throws Exception {
    List<Row> events = SqlJob.events();
    List<String> whole = SqlJob.whole();
    Path savepoint = KeptSavepoints.unpack(name, folder);
    List<String> restored = SqlJob.run(events.subList(HALF, SqlJob.EVENTS), 2, savepoint);

    for (String rows : List.of("trends", "neighbors")) {
      assertThat(SqlJob.of(rows, whole)).isNotEmpty();
      assertThat(SqlJob.of(rows, restored)).as(rows).isEqualTo(SqlJob.of(rows, whole));
    }
    assertThat(SqlJob.of("sessions", restored))
        .as("sessions that were open")
        .isEqualTo(
            SqlJob.of("sessions", whole).stream()
                .filter(row -> field(row, 2).plus(SqlJob.GAP).minusMillis(1).isAfter(LAST))
                .toList());
    assertThat(SqlJob.of("steps", restored))
        .as("interactions of users, counted on")
        .hasSize(HALF)
        .isSubsetOf(SqlJob.of("steps", whole));
    assertThat(SqlJob.of("judged", restored))
        .as("interactions after a list, each judged")
        .hasSameSizeAs(
            SqlJob.of("judged", whole).stream()
                .filter(row -> lastField(row).isAfter(LAST))
                .toList());
    assertListsAreSound(events, SqlJob.of("lists", restored));
  }

  private static Instant field(String row, int index) {
    return Instant.parse(row.split(", ")[index]);
  }

  private static Instant lastField(String row) {
    return Instant.parse(row.substring(row.lastIndexOf(' ') + 1));
  }

  /** A list per interaction, without what the user has had by then, on either side. */
  private static void assertListsAreSound(List<Row> events, List<String> lists) {
    assertThat(lists).hasSize(HALF);
    for (String list : lists) {
      String user = list.split(": |, ")[1];
      Set<String> seen = new HashSet<>();
      for (Row event : events) {
        if (event.getField(1).equals(user)
            && !event.<Instant>getFieldAs(4).isAfter(lastField(list))) {
          seen.add(event.getFieldAs(2));
        }
      }
      // Each item is a row: +I[item, score, source, because].
      List<String> items =
          Stream.of(list.split("\\+I\\[")).skip(1).map(item -> item.split(",")[0]).toList();
      assertThat(items).as(list).hasSize(5).doesNotContainAnyElementsOf(seen);
    }
  }

  @Test
  void everyStateOfAFunctionIsKept() throws Exception {
    Map<String, Long> kept =
        SavepointContents.read(
            KeptSavepoints.unpack(KeptSavepoints.newest(), folder),
            SavepointContents.uids(SqlJob.graph()));
    Set<String> empty = new TreeSet<>();
    for (String state : states()) {
      if (kept.getOrDefault(state, 0L) == 0) {
        empty.add(state);
      }
    }
    assertThat(states()).hasSizeGreaterThan(15);
    assertThat(empty).as("states with nothing in %s", kept).isEmpty();
    kept.keySet().removeIf(state -> state.endsWith(" internal-named-timers-map"));
    assertThat(kept.keySet().stream().filter(state -> UIDS.containsValue(state.split(" ")[0])))
        .as("states of the functions, and no other")
        .isSubsetOf(states());
  }

  /** Uid and name of the state, separated by a blank. */
  private static Set<String> states() {
    DataTypeFactory types =
        ((TableEnvironmentImpl) new SqlSession().tables()).getCatalogManager().getDataTypeFactory();
    Set<String> states = new TreeSet<>();
    for (String name : new RecsysModule().listFunctions()) {
      FunctionDefinition function = new RecsysModule().getFunctionDefinition(name).orElseThrow();
      if (function instanceof ProcessTableFunction) {
        for (String state : function.getTypeInference(types).getStateTypeStrategies().keySet()) {
          states.add(UIDS.get(name) + " " + state);
        }
      }
    }
    return states;
  }

  /** Writes a savepoint of this version into the sources; see docs/reliability.md. */
  @Test
  @EnabledIfSystemProperty(named = "recsys.write-savepoint", matches = ".+")
  void write() throws Exception {
    Path savepoint = SqlJob.runAndStop(SqlJob.events().subList(0, HALF), folder, new ArrayList<>());
    assertThat(KeptSavepoints.pack(savepoint)).isBetween(1L, 100_000L);
  }
}
