/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What goes wrong in one run. The functions of the job and the test tell each other through files,
 * since a task manager may be a process of its own: a fault is due once the source has come to its
 * event, and done once somebody has caused it.
 */
record FaultPlan(String directory, List<Fault> faults) implements Serializable {
  /** Kinds that a seed chooses from. */
  private static final Fault.Kind[] RANDOM =
      List.of(Fault.Kind.values())
          .subList(0, Fault.Kind.JOB.ordinal() + 1)
          .toArray(new Fault.Kind[0]);

  /**
   * Two to four faults, of kinds and at events that the seed chooses; the first kind goes round.
   */
  static FaultPlan random(Path directory, long seed, int events) {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    int count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int kind = i == 0 ? (int) (seed % RANDOM.length) : random.nextInt(RANDOM.length);
      faults.add(new Fault(RANDOM[kind], events / 20 + random.nextInt(events * 3 / 4)));
    }
    faults.sort(Comparator.comparingLong(Fault::atEvent));
    return new FaultPlan(directory.toString(), faults);
  }

  /** Notes what the source has come to. */
  void arriveAt(long event) {
    for (int i = 0; i < faults.size(); i++) {
      if (faults.get(i).atEvent() <= event) {
        create(file(i, "due"));
      }
    }
  }

  /** Whether the source should wait for a fault that is due. */
  boolean isBehind(long event) {
    for (int i = 0; i < faults.size(); i++) {
      if (faults.get(i).atEvent() <= event && !isDone(i)) {
        return true;
      }
    }
    return false;
  }

  /** True once for each fault of a kind that is due: the caller causes it. */
  boolean take(Fault.Kind kind) {
    for (int i = 0; i < faults.size(); i++) {
      if (faults.get(i).kind() == kind && isDue(i) && finish(i)) {
        return true;
      }
    }
    return false;
  }

  boolean isDue(int fault) {
    return Files.exists(file(fault, "due"));
  }

  boolean isDone(int fault) {
    return Files.exists(file(fault, "done"));
  }

  /** True for the one who is first to say so. */
  boolean finish(int fault) {
    return create(file(fault, "done"));
  }

  private Path file(int fault, String what) {
    return Path.of(directory, "fault-" + fault + "." + what);
  }

  private static boolean create(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createFile(file);
        return true;
      }
      return false;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
