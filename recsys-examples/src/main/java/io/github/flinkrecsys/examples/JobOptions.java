/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

import io.github.flinkrecsys.core.util.Checks;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Option;

/** How widely a job runs, as an option of a command. */
public final class JobOptions {
  private static final int IN_ONE_PROCESS = 2;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "of the job; default: " + IN_ONE_PROCESS + ", on a cluster what that sets")
  private Integer parallelism;

  /** Makes the options, as picocli requires. */
  public JobOptions() {}

  /**
   * Makes options that are set already.
   *
   * @param parallelism of the job
   * @return the options
   */
  public static JobOptions of(int parallelism) {
    JobOptions options = new JobOptions();
    options.parallelism = parallelism;
    return options.check();
  }

  /**
   * Checks what was set.
   *
   * @return these options
   * @throws IllegalArgumentException if an option is out of its range
   */
  public JobOptions check() {
    if (parallelism != null) {
      Checks.between("parallelism", parallelism, 1, 128);
    }
    return this;
  }

  /**
   * Makes the environment of the job.
   *
   * @param configuration of the job
   * @return the environment, with the parallelism
   */
  public StreamExecutionEnvironment environment(Configuration configuration) {
    int inOneProcess = parallelism == null ? IN_ONE_PROCESS : parallelism;
    configuration.setString("taskmanager.numberOfTaskSlots", String.valueOf(inOneProcess));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    if (parallelism != null || env instanceof LocalStreamEnvironment) {
      env.setParallelism(inOneProcess);
    }
    return env;
  }

  @Override
  public String toString() {
    return "JobOptions[parallelism=" + parallelism + "]";
  }
}
