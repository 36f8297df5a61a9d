/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.stream;

import java.util.Locale;

/** The users of the shop: their tastes, which move, how active they are, what they saw last. */
final class ShopVisitors {
  private static final double ACTIVITY_EXPONENT = 0.6;
  private static final double TASTE_DRIFT = 0.1;
  private static final int REMEMBERED = 24;

  private final String[] ids;
  private final float[][] tastes;
  private final int[][] seen;
  private final int[] seenCount;
  private final boolean[] visiting;
  private final WeightedChoice activity;

  ShopVisitors(int users, ShopCatalog catalog, Dice dice) {
    ids = new String[users];
    tastes = new float[users][];
    seen = new int[users][REMEMBERED];
    seenCount = new int[users];
    visiting = new boolean[users];
    activity = new WeightedChoice(users);
    int[] ranks = dice.permutation(users);
    for (int user = 0; user < users; user++) {
      ids[user] = String.format(Locale.ROOT, "u%05d", user);
      float[] favourite = catalog.centre(catalog.randomCategory(dice));
      tastes[user] = Dice.between(favourite, dice.direction(), 0.7);
      activity.set(user, 1 / StrictMath.pow(ranks[user] + 10.0, ACTIVITY_EXPONENT));
    }
  }

  String id(int user) {
    return ids[user];
  }

  /** Draws a user who is not in the shop, by activity; -1 if none was found soon. */
  int arrive(ShopCatalog catalog, Dice dice) {
    for (int attempt = 0; attempt < 8; attempt++) {
      int user = activity.draw(dice);
      if (!visiting[user]) {
        visiting[user] = true;
        float[] novelty = catalog.centre(catalog.randomCategory(dice));
        tastes[user] = Dice.between(tastes[user], novelty, TASTE_DRIFT);
        return user;
      }
    }
    return -1;
  }

  void leave(int user) {
    visiting[user] = false;
  }

  float[] taste(int user) {
    return tastes[user];
  }

  void remember(int user, int item) {
    if (!remembers(user, item)) {
      seen[user][seenCount[user]++ % REMEMBERED] = item;
    }
  }

  boolean remembers(int user, int item) {
    for (int i = Math.min(seenCount[user], REMEMBERED) - 1; i >= 0; i--) {
      if (seen[user][i] == item) {
        return true;
      }
    }
    return false;
  }

  /** Draws an item that the user saw lately; -1 if there is none. */
  int remembered(int user, Dice dice) {
    int known = Math.min(seenCount[user], REMEMBERED);
    return known == 0 ? -1 : seen[user][dice.below(known)];
  }
}
