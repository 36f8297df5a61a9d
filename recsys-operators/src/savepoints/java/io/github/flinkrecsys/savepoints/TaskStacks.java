/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.savepoints;

import java.util.stream.Stream;

/** Where every task of this process stands: what hangs cannot be asked later. */
public final class TaskStacks {
  private static final int FRAMES = 12;

  private TaskStacks() {}

  /** Names of the threads of tasks, each with the top of its stack. */
  public static String text() {
    StringBuilder text = new StringBuilder();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              boolean isTask =
                  Stream.of(stack).anyMatch(f -> f.getClassName().endsWith("StreamTask"));
              if (isTask) {
                text.append(thread.getName()).append('\n');
                Stream.of(stack)
                    .limit(FRAMES)
                    .forEach(f -> text.append("  ").append(f).append('\n'));
              }
            });
    return text.toString();
  }
}
