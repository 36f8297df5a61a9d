/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.savepoints.KeptSavepoints;
import io.github.flinkrecsys.savepoints.SavepointContents;
import io.github.flinkrecsys.savepoints.SavepointName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Savepoints that a release has written are restored by every build, and what comes of them is
 * compared with a loop over all events.
 */
class SavepointITCase {
  /** All with what wrote them; the newest also on another backend, with another parallelism. */
  static Stream<Arguments> restores() throws IOException {
    return Stream.concat(
        KeptSavepoints.all().stream().map(name -> Arguments.of(name, "hashmap", 2)),
        Stream.of(Arguments.of(KeptSavepoints.newest(), "rocksdb", 1)));
  }

  @ParameterizedTest
  @MethodSource("restores")
  void aKeptSavepointRestores(
      SavepointName name, String backend, int parallelism, @TempDir Path directory)
      throws Exception {
    KeptSavepoints.assumeReadable(name);
    Configuration configuration = configuration(backend);
    configuration.setString(
        "execution.state-recovery.path", KeptSavepoints.unpack(name, directory).toUri().toString());
    try (TestCluster cluster = new TestMiniCluster(1)) {
      var env = cluster.environment(configuration);
      env.setParallelism(parallelism);
      KeptJob kept = new KeptJob(env, directory, false);
      JobClient job = env.executeAsync("restored");
      KeptAnswers answers = new KeptAnswers(kept);
      KeptSavepoints.await(job, answers::areThere);
      answers.assertKnowWhatWasSaved();
      KeptJob.goOn();
      KeptSavepoints.awaitEnd(job);
      KeptOutcome outcome = new KeptOutcome(kept, directory);
      outcome.assertModelsAreOfAllEvents(parallelism);
      outcome.assertWhatWasOpenComesOut();
      outcome.assertSumsGoOn();
      outcome.assertFunctionsGoOn();
    }
  }

  /** State that was added since the savepoint was written is in none that is kept. */
  @Test
  void thisBuildHasTheStateThatIsKept(@TempDir Path directory) throws Exception {
    Map<String, String> uids = KeptJob.uids(directory);
    Path kept = KeptSavepoints.unpack(KeptSavepoints.newest(), directory);
    assertThat(SavepointContents.read(save(directory), uids).keySet())
        .as("states; another than the kept ones needs a savepoint that has it")
        .isEqualTo(SavepointContents.read(kept, uids).keySet());
  }

  /** Writes a savepoint of this version into the sources; see docs/reliability.md. */
  @Test
  @EnabledIfSystemProperty(named = "recsys.write-savepoint", matches = ".+")
  void write(@TempDir Path directory) throws Exception {
    long bytes = KeptSavepoints.pack(save(directory));
    assertThat(bytes).as("kept in the sources for good").isBetween(1L, 200_000L);
  }

  private static Path save(Path directory) throws Exception {
    try (TestCluster cluster = new TestMiniCluster(1)) {
      var env = cluster.environment(configuration("hashmap"));
      env.setParallelism(2);
      KeptJob kept = new KeptJob(env, directory, true);
      JobClient job = env.executeAsync("written");
      KeptOutcome outcome = new KeptOutcome(kept, directory);
      KeptSavepoints.await(job, outcome::hasAllBeforeTheSavepoint);
      return KeptSavepoints.stop(job, directory);
    }
  }

  private static Configuration configuration(String backend) {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("restart-strategy.type", "none");
    configuration.setString("state.backend.type", backend);
    return configuration;
  }
}
