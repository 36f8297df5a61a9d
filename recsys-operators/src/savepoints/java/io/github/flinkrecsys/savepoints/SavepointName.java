/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.savepoints;

import java.lang.module.ModuleDescriptor.Version;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a kept savepoint, {@code <release>-flink-<flink>}; the older release comes first, of one
 * release that of the older Flink.
 *
 * @param release version of the library, numbers with dots between
 * @param flink version of Flink, likewise
 */
public record SavepointName(String release, String flink) implements Comparable<SavepointName> {
  private static final String VERSION = "[0-9]+(?:\\.[0-9]+)*";
  private static final Pattern NAME = Pattern.compile("(" + VERSION + ")-flink-(" + VERSION + ")");
  private static final Comparator<SavepointName> BY_AGE =
      Comparator.comparing((SavepointName name) -> Version.parse(name.release))
          .thenComparing(name -> Version.parse(name.flink));

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException if it is not two versions of numbers
   */
  public static SavepointName of(String text) {
    Matcher name = NAME.matcher(text);
    if (!name.matches()) {
      throw new IllegalArgumentException(
          "name of a savepoint must be <release>-flink-<flink>, got " + text);
    }
    return new SavepointName(name.group(1), name.group(2));
  }

  /** Gives the newest of each line of Flink, the older line first. */
  static List<SavepointName> newestOfEachLine(Collection<SavepointName> names) {
    TreeMap<Integer, SavepointName> newest = new TreeMap<>();
    names.stream().sorted().forEach(name -> newest.put(name.line(), name));
    return List.copyOf(newest.values());
  }

  /** The line of Flink: its first number. */
  int line() {
    return Integer.parseInt(flink.split("\\.")[0]);
  }

  @Override
  public int compareTo(SavepointName other) {
    return BY_AGE.compare(this, other);
  }

  @Override
  public String toString() {
    return release + "-flink-" + flink;
  }
}
