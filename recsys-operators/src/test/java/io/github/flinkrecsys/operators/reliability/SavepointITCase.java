/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.flinkrecsys.operators.replica.ReplicaScope;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Savepoints that a release has written, in src/test/resources/savepoints, are restored by every
 * build: the name of a directory is the version of the library and that of Flink.
 */
class SavepointITCase {
  private static final int EVENTS = 1_000;
  private static final long SEED = 7;

  @ParameterizedTest
  @CsvSource({
    "0.1.0-flink-1.20.5, hashmap, 2",
    "0.1.0-flink-2.3.0, hashmap, 2",
    "0.1.0-flink-2.3.0, rocksdb, 1"
  })
  void aKeptSavepointRestores(String name, String backend, int parallelism, @TempDir Path directory)
      throws Exception {
    boolean isNewer = name.contains("flink-2") && flinkVersion().startsWith("1.");
    assumeThat(isNewer).as("Flink 1 does not read savepoints of Flink 2").isFalse();
    try (TestCluster cluster = new TestMiniCluster(1)) {
      FaultPlan plan = new FaultPlan(directory.toString(), List.of());
      FaultRun.restore(cluster, setup(backend, List.of(parallelism)), plan, kept(name));
    }
    Expected expected = new Expected(SEED, EVENTS);
    Outcome.assertReplicasHave(directory, expected.perItem, parallelism);
    Outcome.assertListsAreSound(directory, expected);
    assertThat(Outcome.counts(directory, "users")).isEqualTo(expected.perUser);
    assertThat(expected.perItem).containsAllEntriesOf(Outcome.counts(directory, "items"));
    assertThat(expected.perItem).containsAllEntriesOf(Outcome.counts(directory, "popularity"));
    assertThat(Outcome.keys(directory, "sessions")).isNotEmpty();
    assertThat(expected.sessions).containsAllEntriesOf(Outcome.keys(directory, "sessions"));
    assertThat(Outcome.keys(directory, "lists"))
        .as("events before the savepoint are not read again")
        .hasSizeLessThan(EVENTS * 3 / 4);
    assertThat(Outcome.scored(directory))
        .isNotEmpty()
        .allSatisfy((source, scored) -> assertThat(scored).isEqualTo(expected.scored));
  }

  /** Writes a savepoint of this version into the sources; see docs/reliability.md. */
  @Test
  @EnabledIfSystemProperty(named = "recsys.write-savepoint", matches = ".+")
  void write(@TempDir Path directory) throws Exception {
    FaultPlan plan =
        new FaultPlan(directory.toString(), List.of(new Fault(Fault.Kind.RESCALE, EVENTS / 2)));
    try (TestCluster cluster = new TestMiniCluster(1)) {
      FaultRun.execute(cluster, setup("hashmap", List.of(2, 2)), plan);
    }
    String name = System.getProperty("recsys.write-savepoint") + "-flink-" + flinkVersion();
    Path target = Files.createDirectories(Path.of("src/test/resources/savepoints", name));
    try (Stream<Path> files = Files.walk(directory.resolve("savepoints"))) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // All in one directory, and named relative to it inside.
        Files.copy(file, target.resolve(file.getFileName()));
        bytes += Files.size(file);
      }
      assertThat(bytes).isBetween(1L, 300_000L);
    }
  }

  private static FaultRun.Setup setup(String backend, List<Integer> parallelisms) {
    return new FaultRun.Setup(
        SEED, EVENTS, backend, false, ReplicaScope.TASK_MANAGER, parallelisms);
  }

  private static String flinkVersion() {
    return EnvironmentInformation.getVersion();
  }

  private static String kept(String name) throws IOException, URISyntaxException {
    return Path.of(SavepointITCase.class.getResource("/savepoints/" + name).toURI())
        .toUri()
        .toString();
  }
}
