/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.testing;

import io.github.flinkrecsys.core.event.Interaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Interactions of users with tastes, so that there is something to learn. */
public final class SampleStream {
  /** Event time between two interactions. */
  public static final long STEP_MILLIS = 1_000;

  private static final int TASTES = 5;

  private SampleStream() {}

  /** The same interactions for the same seed; nine in ten are with an item of the user's taste. */
  public static List<Interaction> of(long seed, int events, int users, int items) {
    Random random = new Random(seed);
    List<Interaction> stream = new ArrayList<>();
    for (int n = 0; n < events; n++) {
      int user = random.nextInt(users);
      int item = random.nextInt(items);
      if (random.nextInt(10) > 0) {
        item = item - item % TASTES + user % TASTES;
      }
      stream.add(Interaction.click("u" + user, "i" + item, (n + 1) * STEP_MILLIS));
    }
    return stream;
  }
}
