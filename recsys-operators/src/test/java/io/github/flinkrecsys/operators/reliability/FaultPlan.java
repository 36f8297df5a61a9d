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
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.TaskInfo;

/**
 * What goes wrong in one run. The functions of the job and the test tell each other through files,
 * since a task manager may be a process of its own: a fault is due once the source has come to its
 * event, and done once somebody has caused it.
 */
record FaultPlan(String directory, List<Fault> faults) implements Serializable {
  private static final Duration MAX_QUIET = Duration.ofMinutes(3);

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

  /** A number that grows with every submission and attempt. */
  static long start(int life, TaskInfo task) {
    return (long) life << 32 | task.getAttemptNumber();
  }

  /** Notes what the source has come to, and in which start. */
  void arriveAt(long event, long start) {
    for (int i = 0; i < faults.size(); i++) {
      if (faults.get(i).atEvent() <= event) {
        create(file(i, "due"), start + "");
      }
    }
  }

  /** Notes that a start has found the state of a checkpoint. */
  void noteRestore(long start) {
    create(restored(start), "");
  }

  private Path restored(long start) {
    return Path.of(directory, "restored-" + start);
  }

  /** Whether a start after the fault has found the state of a checkpoint. */
  boolean isRestoredAfter(int fault) {
    long due = Long.parseLong(read(file(fault, "due")));
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("restored-"))
          .anyMatch(name -> Long.parseLong(name.substring("restored-".length())) > due);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the source should wait for a fault that is due, or for the restart after it. */
  boolean isBehind(long event, long start) {
    for (int i = 0; i < faults.size(); i++) {
      if (faults.get(i).atEvent() <= event && !(isDone(i) && isRestarted(i, start))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the fault has had its effect: a restart, or a declined checkpoint. */
  private boolean isRestarted(int fault, long start) {
    return isDeclined(fault) || start > Long.parseLong(read(file(fault, "due")));
  }

  /** The fault after which the source should stand still now, or -1: the job has been restored. */
  int quietAt(long event, long start) {
    for (int i = 0; i < faults.size(); i++) {
      if (event >= faults.get(i).atEvent()
          && isDone(i)
          && isRestarted(i, start)
          && !isCompared(i)) {
        return i;
      }
    }
    return -1;
  }

  /** Lets the source stand still before an event until the replicas were found equal. */
  void standStill(int fault, long event) throws InterruptedException {
    write(file(fault, "quiet"), event + " " + System.currentTimeMillis());
    long deadline = System.nanoTime() + MAX_QUIET.toNanos();
    while (System.nanoTime() < deadline && !isCompared(fault)) {
      Thread.sleep(5);
    }
  }

  /** The fault after which the source stands still now, or -1. */
  int quietNow() {
    for (int i = 0; i < faults.size(); i++) {
      if (Files.exists(file(i, "quiet")) && !isCompared(i)) {
        return i;
      }
    }
    return -1;
  }

  /** The event before which the source stands still, and since when. */
  String quietSince(int fault) {
    return read(file(fault, "quiet"));
  }

  void endQuiet(int fault) {
    create(file(fault, "equal"), "");
  }

  /** Whether replicas and owners were found equal after the fault. */
  boolean isCompared(int fault) {
    return Files.exists(file(fault, "equal"));
  }

  /** True once for each fault of a kind that is due: the caller causes it. */
  boolean take(Fault.Kind kind) {
    return takeOne(kind) >= 0;
  }

  /** As {@link #take}: the fault that the caller causes, or -1. */
  int takeOne(Fault.Kind kind) {
    for (int i = 0; i < faults.size(); i++) {
      if (faults.get(i).kind() == kind && isDue(i) && finish(i)) {
        return i;
      }
    }
    return -1;
  }

  /** Notes that Flink has given up the checkpoint that could not be written. */
  void noteDeclined(int fault) {
    create(file(fault, "declined"), "");
  }

  boolean isDeclined(int fault) {
    return Files.exists(file(fault, "declined"));
  }

  boolean isDue(int fault) {
    return Files.exists(file(fault, "due"));
  }

  boolean isDone(int fault) {
    return Files.exists(file(fault, "done"));
  }

  /** True for the one who is first to say so. */
  boolean finish(int fault) {
    return create(file(fault, "done"), "");
  }

  private Path file(int fault, String what) {
    return Path.of(directory, "fault-" + fault + "." + what);
  }

  private static boolean create(Path file, String text) {
    return !Files.exists(file) && write(file, text, false);
  }

  private static void write(Path file, String text) {
    write(file, text, true);
  }

  /** Whoever reads the file finds all of the text. */
  private static boolean write(Path file, String text, boolean replaces) {
    try {
      Path partial = Files.createTempFile(file.getParent(), "partial-", "");
      Files.writeString(partial, text);
      if (replaces) {
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
      }
      // A link fails where the file is there, so one writer is first.
      try {
        Files.createLink(file, partial);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } finally {
        Files.delete(partial);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
