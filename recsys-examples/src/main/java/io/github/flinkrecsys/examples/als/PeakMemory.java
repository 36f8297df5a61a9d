/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.als;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The most memory that this process has had so far.
 *
 * @param mebibytes how much
 * @param measure how it was measured: {@code resident} is the peak of the resident set that Linux
 *     keeps, of heap, code and threads together; {@code pools} is the sum of the peaks of the JVM's
 *     memory pools, elsewhere
 */
record PeakMemory(double mebibytes, String measure) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String FIELD = "VmHWM:";

  static PeakMemory soFar() {
    try {
      List<String> lines = Files.exists(STATUS) ? Files.readAllLines(STATUS) : List.of();
      for (String line : lines) {
        if (line.startsWith(FIELD)) {
          String kibibytes = line.substring(FIELD.length()).replace("kB", "").strip();
          return new PeakMemory(Long.parseLong(kibibytes) / 1024.0, "resident");
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not this Linux: the pools are asked instead.
    }
    return ofPools();
  }

  private static PeakMemory ofPools() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      bytes += pool.getPeakUsage().getUsed();
    }
    return new PeakMemory(bytes / (1024.0 * 1024.0), "pools");
  }
}
