/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job of SQL statements is stopped with a savepoint and started again from it with another
 * parallelism, by the uids of its calls; all it gives is what one run gives.
 */
class SavepointTest {
  @TempDir Path folder;

  @Test
  void aJobGoesOnFromASavepointWithAnotherParallelism() throws Exception {
    List<Row> events = SqlJob.events();
    int half = SqlJob.EVENTS / 2;
    List<String> whole = SqlJob.whole();
    List<String> parts = new ArrayList<>();
    Path savepoint = SqlJob.runAndStop(events.subList(0, half), folder, parts);
    assertThat(SqlJob.of("lists", parts)).hasSize(half);
    parts.addAll(SqlJob.run(events.subList(half, SqlJob.EVENTS), 2, savepoint));

    for (String name :
        List.of("sessions", "steps", "lists", "near", "trends", "judged", "neighbors")) {
      assertThat(SqlJob.of(name, whole)).isNotEmpty();
      assertThat(SqlJob.of(name, parts))
          .as("%s, seed %d", name, SqlJob.SEED)
          .isEqualTo(SqlJob.of(name, whole));
    }
  }
}
