/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.testing;

import org.apache.flink.api.common.JobID;

/** Where a subtask runs: one of {@code parallelism} subtasks of a job. */
public record Slot(JobID job, int parallelism, int subtask) {
  /** The only subtask of a job of its own. */
  public static Slot alone() {
    return new Slot(new JobID(), 1, 0);
  }
}
