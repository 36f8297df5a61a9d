/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import java.io.Serializable;

/** Something that goes wrong once, when the source has come to an event. */
record Fault(Kind kind, long atEvent) implements Serializable {
  enum Kind {
    /** The task of the source throws. */
    SOURCE_TASK("task of the source fails"),
    /** The task that learns and ranks throws, behind a list. */
    LIST_TASK("task that learns and ranks fails"),
    /** The task of the item owners throws, behind an item's factors. */
    ITEM_TASK("task of the item owners fails"),
    /** State cannot be written: the checkpoint is declined and the job goes on. */
    CHECKPOINT("checkpoint declined"),
    /** A task throws while it takes its snapshot. */
    SNAPSHOT("task fails in its snapshot"),
    /** A task manager ends and another one takes its place. */
    TASK_MANAGER("task manager killed"),
    /** The job is cancelled and submitted again with its last checkpoint. */
    JOB("job restarted from its last checkpoint"),
    /** The process of a task manager gets SIGKILL and another one takes its place. */
    PROCESS("process of a task manager, SIGKILL"),
    /** The job is stopped with a savepoint and submitted again with another parallelism. */
    RESCALE("rescaled through a savepoint"),
    /** The process of a task manager stands still, alive, and another one takes its place. */
    SILENT("process of a task manager, SIGSTOP");

    final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Whether the test causes it, and not a function of the job. */
    boolean isFromOutside() {
      return compareTo(TASK_MANAGER) >= 0;
    }
  }
}
