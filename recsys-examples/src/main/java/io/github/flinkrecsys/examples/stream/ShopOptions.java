/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.stream;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The generated stream, as options of a command. */
public final class ShopOptions {
  @Option(
      names = "--events",
      paramLabel = "N",
      description = "events to generate; default: ${DEFAULT-VALUE}")
  private long events;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of the generated stream; default: ${DEFAULT-VALUE}")
  private long seed = 42;

  /**
   * Makes the options.
   *
   * @param events how many, unless set
   */
  public ShopOptions(long events) {
    this.events = events;
  }

  /**
   * Gives what was set.
   *
   * @return the config
   * @throws IllegalArgumentException if an option is out of its range
   */
  public ShopStreamConfig config() {
    return ShopStreamConfig.builder().events(events).seed(seed).build();
  }

  /**
   * Says in one line what is generated.
   *
   * @param out to print to
   */
  public void describe(PrintWriter out) {
    out.printf("Generated shop stream: %,d events, seed %d%n", events, seed);
  }
}
