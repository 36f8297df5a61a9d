/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run lost and what it counted twice, against a loop over its input: updates of items, of
 * users, popularity, the replicas' counts, sessions, lists, late events and dead letters.
 */
record Outcome(long lost, long duplicated, String differences) {
  /** Float rounding: the same steps are added in another order, a few hundred per item. */
  private static final float ROUNDING = 1e-4f;

  static Outcome of(Path journal, Expected expected) throws IOException {
    Outcome outcome = new Outcome(0, 0, "");
    Map<String, Long> items = counts(journal, "items");
    outcome = outcome.plus("item", expected.perItem, items);
    outcome = outcome.plus("user", expected.perUser, counts(journal, "users"));
    outcome = outcome.plus("popularity", expected.perItem, counts(journal, "popularity"));
    outcome = outcome.plus("session", expected.sessions, keys(journal, "sessions"));
    outcome = outcome.plus("list", expected.lists, keys(journal, "lists"));
    outcome = outcome.plus("late", expected.late, keys(journal, "late"));
    outcome = outcome.plus("dead letter", expected.refused, keys(journal, "refused"));
    for (Map<String, String> replica : replicas(journal).values()) {
      outcome = outcome.plus("replica", expected.perItem, firstNumbers(replica));
    }
    return outcome;
  }

  private Outcome plus(String name, Map<String, Long> expected, Map<String, Long> found) {
    Set<String> keys = new HashSet<>(expected.keySet());
    keys.addAll(found.keySet());
    Outcome sum = this;
    for (String key : keys) {
      long difference = found.getOrDefault(key, 0L) - expected.getOrDefault(key, 0L);
      if (difference != 0) {
        sum =
            new Outcome(
                sum.lost + Math.max(0, -difference),
                sum.duplicated + Math.max(0, difference),
                sum.differences + name + " " + key + ": " + difference + "\n");
      }
    }
    return sum;
  }

  /** Every replica has the vectors of the items' owners, in each process. */
  static void assertReplicasEqualOwners(Path journal, int subtasks) throws IOException {
    Map<String, String> owners = Journal.last(journal, "owners");
    Map<Integer, Map<String, String>> replicas = replicas(journal);
    assertThat(replicas).as("replicas seen from ranking subtasks").hasSize(subtasks);
    replicas.forEach(
        (subtask, replica) -> {
          assertThat(replica.keySet()).isEqualTo(owners.keySet());
          replica.forEach(
              (item, row) ->
                  assertThat(floats(row))
                      .as("%s in the replica of subtask %d", item, subtask)
                      .containsExactly(floats(owners.get(item)), within(ROUNDING)));
        });
  }

  /** Every replica has counted these interactions. */
  static void assertReplicasHave(Path journal, Map<String, Long> counts, int subtasks)
      throws IOException {
    assertThat(replicas(journal))
        .hasSize(subtasks)
        .allSatisfy((subtask, rows) -> assertThat(firstNumbers(rows)).isEqualTo(counts));
  }

  /** No list names an item that no valid event had; the last list of every user has items. */
  static void assertListsAreSound(Path journal, Expected expected) throws IOException {
    Map<String, String> lastOfUser = new HashMap<>();
    Map<String, Long> lastTime = new HashMap<>();
    for (Journal.Line line : Journal.lines(journal, "lists")) {
      if (!line.value().isEmpty()) {
        assertThat(expected.perItem).containsKeys(line.value().split(","));
      }
      String[] key = line.key().split("@");
      if (lastTime.merge(key[0], Long.parseLong(key[1]), Math::max) == Long.parseLong(key[1])) {
        lastOfUser.put(key[0], line.value());
      }
    }
    assertThat(lastOfUser.keySet()).isEqualTo(expected.perUser.keySet());
    assertThat(lastOfUser.values()).allSatisfy(list -> assertThat(list).isNotEmpty());
  }

  /** Recall of the blend over the whole run. */
  static double recall(Path journal) throws IOException {
    return Double.parseDouble(Journal.last(journal, "evaluation").get("blend").split(" ")[1]);
  }

  /** Events that were judged, by source of candidates. */
  static Map<String, Long> scored(Path journal) throws IOException {
    Map<String, String> totals = Journal.last(journal, "evaluation");
    totals.keySet().removeIf(source -> source.endsWith(" window"));
    return firstNumbers(totals);
  }

  /** The last count of each key. */
  static Map<String, Long> counts(Path journal, String stream) throws IOException {
    return firstNumbers(Journal.last(journal, stream));
  }

  /**
   * All keys ever seen, and how often in one start of the job at most: whatever an attempt sends
   * must be right, if not the last of its key. What is sent again after a restart is no repeat.
   */
  static Map<String, Long> keys(Path journal, String stream) throws IOException {
    Map<Long, Map<String, Long>> byStart =
        Journal.lines(journal, stream).stream()
            .collect(
                Collectors.groupingBy(
                    Journal.Line::start,
                    Collectors.groupingBy(Journal.Line::key, Collectors.counting())));
    Map<String, Long> most = new HashMap<>();
    byStart.values().forEach(counts -> counts.forEach((k, n) -> most.merge(k, n, Math::max)));
    return most;
  }

  /** Rows by item of each ranking subtask, of the last start that closed in good order. */
  private static Map<Integer, Map<String, String>> replicas(Path journal) throws IOException {
    return bySubtask(journal, ReplicaProbe.STREAM);
  }

  /** Rows of a stream whose keys begin with the subtask, of its last start. */
  static Map<Integer, Map<String, String>> bySubtask(Path journal, String stream)
      throws IOException {
    List<Journal.Line> lines = Journal.lines(journal, stream);
    long last = lines.get(lines.size() - 1).start();
    Map<Integer, Map<String, String>> replicas = new HashMap<>();
    for (Journal.Line line : lines) {
      if (line.start() == last) {
        String[] key = line.key().split(" ", 2);
        replicas
            .computeIfAbsent(Integer.parseInt(key[0]), subtask -> new HashMap<>())
            .put(key[1], line.value());
      }
    }
    return replicas;
  }

  static Map<String, Long> firstNumbers(Map<String, String> values) {
    return values.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> firstNumber(entry.getValue())));
  }

  static long firstNumber(String value) {
    return Long.parseLong(value.split(" ")[0]);
  }

  /** Whether a replica has the rows of the owners, but for rounding. */
  static boolean isClose(Map<String, String> replica, Map<String, String> owners) {
    return replica.keySet().equals(owners.keySet())
        && replica.entrySet().stream()
            .allMatch(row -> isClose(floats(row.getValue()), floats(owners.get(row.getKey()))));
  }

  private static boolean isClose(float[] row, float[] other) {
    for (int i = 0; i < row.length; i++) {
      if (!(Math.abs(row[i] - other[i]) <= ROUNDING)) {
        return false;
      }
    }
    return row.length == other.length;
  }

  private static float[] floats(String row) {
    String[] numbers = row.split(" ");
    float[] floats = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      floats[i] = Float.parseFloat(numbers[i]);
    }
    return floats;
  }
}
