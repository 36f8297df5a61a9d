/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.Arrays;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/** Interactions of 200,000 users, evenly, with 20,000 items by Zipf's law with exponent 1. */
final class ZipfInteractions implements GeneratorFunction<Long, Interaction> {
  private static final long serialVersionUID = 1L;
  private static final int USERS = 200_000;
  private static final int ITEMS = 20_000;
  private static final int DRAWS = 1 << 20;
  private static final long START_MILLIS = 1_700_000_000_000L;

  private transient String[] users;
  private transient String[] draws;

  @Override
  public void open(SourceReaderContext context) {
    users = ids("u", USERS);
    String[] items = ids("i", ITEMS);
    double[] cumulated = new double[ITEMS];
    double sum = 0;
    for (int i = 0; i < ITEMS; i++) {
      sum += 1.0 / (i + 1);
      cumulated[i] = sum;
    }
    draws = new String[DRAWS];
    for (int n = 0; n < DRAWS; n++) {
      double at = Hashes.unit(Hashes.mix(n + 1)) * sum;
      int found = Arrays.binarySearch(cumulated, at);
      draws[n] = items[Math.min(ITEMS - 1, found < 0 ? -found - 1 : found)];
    }
  }

  private static String[] ids(String prefix, int count) {
    String[] ids = new String[count];
    for (int i = 0; i < count; i++) {
      ids[i] = prefix + i;
    }
    return ids;
  }

  @Override
  public Interaction map(Long index) {
    long bits = Hashes.mix(index);
    return new Interaction(
        users[Hashes.below(bits, USERS)],
        draws[(int) bits & (DRAWS - 1)],
        Interaction.CLICK,
        1,
        START_MILLIS + index);
  }
}
