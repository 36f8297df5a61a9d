/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

/**
 * What a run came to.
 *
 * @param totals of the job
 * @param seconds wall-clock time from when the job was submitted to its end
 * @param interrupted whether it was stopped before its input ended
 */
record RunResult(Totals totals, double seconds, boolean interrupted) {
  double eventsPerSecond() {
    return totals.events / seconds;
  }
}
