/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares, while the source stands still after a fault, every replica with the owners of the
 * items, and lets the source go on once all have everything that it has sent.
 */
final class QuietMonitor implements AutoCloseable {
  private static final long EVERY_MILLIS = 100;

  private final FaultPlan plan;
  private final long seed;
  private final List<Long> lags = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "quiet-monitor");
  private volatile boolean isClosed;
  private volatile String difference = "the source never stood still";

  /** What a subtask saw. */
  private record Reading(String side, long start, int subtasks, Map<String, String> rows) {}

  QuietMonitor(FaultPlan plan, long seed) {
    this.plan = plan;
    this.seed = seed;
    thread.start();
  }

  private void run() {
    try {
      for (int fault; !isClosed; Thread.sleep(EVERY_MILLIS)) {
        fault = plan.quietNow();
        if (fault >= 0) {
          compare(fault);
        }
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      difference = "the comparison failed: " + e;
    }
  }

  private void compare(int fault) throws IOException {
    String[] begin = plan.quietSince(fault).split(" ");
    if (begin.length < 2) {
      return;
    }
    Expected expected = new Expected(seed, Integer.parseInt(begin[0]));
    difference = difference(fault, expected.perItem);
    if (difference == null) {
      lags.add(System.currentTimeMillis() - Long.parseLong(begin[1]));
      plan.endQuiet(fault);
    }
  }

  /** What still differs after a fault, or null. */
  private String difference(int fault, Map<String, Long> expected) throws IOException {
    List<Reading> readings = readings(fault);
    long last = readings.stream().mapToLong(Reading::start).max().orElse(0);
    readings.removeIf(reading -> reading.start() < last);
    Map<String, String> owners = new HashMap<>();
    for (Reading reading : readings) {
      if (reading.rows().containsKey(QuietReader.FAILED)) {
        return reading.side() + " could not be read: " + reading.rows();
      }
      if (reading.side().equals("owners")) {
        owners.putAll(reading.rows());
      }
    }
    if (readings.isEmpty() || readings.size() < 2 * readings.get(0).subtasks()) {
      return "readings of " + readings.size() + " subtasks";
    }
    if (!Outcome.firstNumbers(owners).equals(expected)) {
      return differing("owners", Outcome.firstNumbers(owners), expected);
    }
    for (Reading reading : readings) {
      if (reading.side().equals("replica") && !Outcome.isClose(reading.rows(), owners)) {
        return differing("a replica", reading.rows(), owners);
      }
    }
    return null;
  }

  private static <V> String differing(String name, Map<String, V> found, Map<String, V> expected) {
    TreeSet<String> items = new TreeSet<>(found.keySet());
    items.addAll(expected.keySet());
    items.removeIf(item -> Objects.equals(found.get(item), expected.get(item)));
    return name
        + " differ: "
        + items.stream()
            .limit(10)
            .map(item -> item + " is " + found.get(item) + ", expected " + expected.get(item))
            .toList();
  }

  private List<Reading> readings(int fault) throws IOException {
    List<Reading> readings = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(plan.directory()))) {
      for (Path file : files.toList()) {
        String[] name = file.getFileName().toString().split("-");
        if (name[0].equals("quiet") && name[1].equals("" + fault)) {
          readings.add(
              new Reading(name[2], Long.parseLong(name[3]), Integer.parseInt(name[5]), rows(file)));
        }
      }
    }
    return readings;
  }

  private static Map<String, String> rows(Path file) throws IOException {
    Map<String, String> rows = new HashMap<>();
    try {
      Files.readString(file)
          .lines()
          .forEach(line -> rows.put(line.split("\t")[0], line.split("\t")[1]));
    } catch (NoSuchFileException e) {
      // Replaced in this moment; the next reading is complete.
    }
    return rows;
  }

  /** Milliseconds from the last event until all were equal, one per fault. */
  List<Long> lags() {
    return lags;
  }

  /** What was different when last compared. */
  String difference() {
    return difference;
  }

  @Override
  public void close() throws InterruptedException {
    isClosed = true;
    thread.join();
  }
}
