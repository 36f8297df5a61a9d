/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

/** Who shares a replica. */
public enum ReplicaScope {
  /** All subtasks in one process: what a job wants. */
  TASK_MANAGER,
  /**
   * Every subtask has its own, as if each ran in a task manager of one slot: to measure in one
   * process what distribution costs.
   */
  SUBTASK
}
