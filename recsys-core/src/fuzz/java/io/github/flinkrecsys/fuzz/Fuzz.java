/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Gives generated inputs to a target, one after another, and fails with the seed of the first that
 * the target does not stand: that throws what it should not, takes too long or too much memory.
 *
 * <p>Each seed makes one input, the same in every run. The target runs on a small stack, so that
 * recursion along an input shows. A row per run goes to {@code target/fuzz.md}.
 *
 * @param <I> type of the inputs
 */
public final class Fuzz<I> {
  /** What is fed. */
  public interface Target<I> {
    /**
     * Takes an input.
     *
     * @return true if it was taken, false if it was refused as it should be
     * @throws Throwable if it was met in any other way, which fails the run
     */
    boolean accepts(I input) throws Throwable;
  }

  private static final boolean NIGHTLY = Boolean.getBoolean("recsys.nightly");
  private static final int NIGHTLY_TIMES = 100;
  private static final int STACK_BYTES = 512 * 1024;
  private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final long MAX_BYTES = 64L << 20;

  /** A file of short lines makes garbage for each of them. */
  private static final long BYTES_PER_BYTE = 400;

  private static final int SHOWN = 300;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String name;
  private final int inputs;
  private final Function<Random, I> source;
  private final Target<I> target;
  private final boolean isElsewhere;

  private long accepted;
  private long slowestNanos;
  private long mostBytes;
  private volatile int seed;
  private volatile long started;
  private volatile AssertionError failure;

  private Fuzz(
      String name, int inputs, Function<Random, I> source, Target<I> target, boolean isElsewhere) {
    this.name = name;
    this.inputs = NIGHTLY ? inputs * NIGHTLY_TIMES : inputs;
    this.source = source;
    this.target = target;
    this.isElsewhere = isElsewhere;
  }

  /**
   * Runs a target. Memory is what the feeding thread allocates; threads beside it are not counted.
   *
   * @param name of the target, for messages
   * @param inputs how many; a hundred times as many with {@code -Pnightly}
   * @param source makes an input of a generator that a seed has started
   * @param target to be fed; both a taken and a refused input must occur
   * @param <I> type of the inputs
   */
  public static <I> void run(
      String name, int inputs, Function<Random, I> source, Target<I> target) {
    new Fuzz<>(name, inputs, source, target, false).run();
  }

  /**
   * Runs a target whose work is done by other threads, such as those of a server. The feeding
   * thread's memory has the same bound, but says nothing of theirs, so none is reported.
   *
   * @param name of the target, for messages
   * @param inputs how many; a hundred times as many with {@code -Pnightly}
   * @param source makes an input of a generator that a seed has started
   * @param target sends an input; both a taken and a refused input must occur
   * @param <I> type of the inputs
   */
  public static <I> void runElsewhere(
      String name, int inputs, Function<Random, I> source, Target<I> target) {
    new Fuzz<>(name, inputs, source, target, true).run();
  }

  private void run() {
    started = System.nanoTime();
    Thread worker = new Thread(null, this::feed, "fuzz-" + name, STACK_BYTES);
    worker.setDaemon(true);
    worker.start();
    try {
      while (worker.isAlive()) {
        worker.join(100);
        if (worker.isAlive() && System.nanoTime() - started > MAX_NANOS) {
          AssertionError hangs = new AssertionError(name + ", seed " + seed + ": hangs");
          hangs.setStackTrace(worker.getStackTrace());
          throw hangs;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(name + " was interrupted", e);
    }
    if (failure != null) {
      throw failure;
    }
    if (accepted == 0 || accepted == inputs) {
      throw new AssertionError(
          name
              + ": inputs must be both taken and refused, got "
              + accepted
              + " taken of "
              + inputs);
    }
    report();
  }

  private void feed() {
    for (int next = 0; next < inputs && failure == null; next++) {
      seed = next;
      I input = source.apply(new Random(next));
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      started = System.nanoTime();
      try {
        accepted += target.accepts(input) ? 1 : 0;
      } catch (Throwable e) {
        failure = failed("threw " + cut(e.toString()), input, e);
      }
      long nanos = System.nanoTime() - started;
      bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
      if (failure == null && bytes > MAX_BYTES + BYTES_PER_BYTE * sizeOf(input)) {
        failure = failed("took " + bytes + " bytes", input, null);
      }
      slowestNanos = Math.max(slowestNanos, nanos);
      mostBytes = Math.max(mostBytes, bytes);
    }
  }

  private AssertionError failed(String how, I input, Throwable cause) {
    return new AssertionError(
        name + ", seed " + seed + ": " + how + "; input " + shown(input), cause);
  }

  private static long sizeOf(Object input) {
    return input instanceof byte[] bytes ? bytes.length : 0;
  }

  private static String cut(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  private static String shown(Object input) {
    String text =
        input instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.ISO_8859_1)
            : String.valueOf(input);
    StringBuilder shown = new StringBuilder(text.length() + " characters: ");
    text.chars()
        .limit(SHOWN)
        .forEach(
            c -> shown.append(c >= ' ' && c < 127 ? (char) c + "" : String.format("\\u%04x", c)));
    return shown.toString();
  }

  private void report() {
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %,d | %,d | %,d | %.0f | %s |%n",
            name,
            inputs,
            accepted,
            inputs - accepted,
            slowestNanos / 1e6,
            isElsewhere ? "-" : String.format(Locale.ROOT, "%.1f", mostBytes / 1e6));
    try {
      Files.writeString(
          Path.of("target", "fuzz.md"), row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
