/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.stream;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.ItemMetadata;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The items of the shop: what they are like, how popular they are now, and which exist yet.
 *
 * <p>Popularity is Zipf's, and it moves: now and then two items trade places, an item becomes a
 * trend whose extra weight fades, and new items start as small trends.
 */
final class ShopCatalog {
  private static final int ITEMS_PER_CATEGORY = 50;
  private static final double ZIPF_EXPONENT = 0.85;
  private static final double ZIPF_SHIFT = 8;
  private static final double ITEM_SPREAD = 0.8;
  private static final double TREND_STRENGTH = 12;
  private static final double NEW_ITEM_STRENGTH = 4;
  private static final double TREND_FADING = 0.9;
  private static final String[] STYLES = {
    "Trail", "City", "Classic", "Light", "Winter", "Summer", "Kids", "Pro", "Travel", "Retro"
  };
  private static final String[] THINGS = {
    "shoe",
    "jacket",
    "backpack",
    "watch",
    "lamp",
    "chair",
    "bottle",
    "tent",
    "shirt",
    "hat",
    "bike",
    "helmet",
    "speaker",
    "camera",
    "mug",
    "blanket"
  };

  private final float[][] tastes;
  private final int[] categories;
  private final int[][] members;
  private final float[][] centres;
  private final double[] baseWeights;
  private final double[] trends;
  private final WeightedChoice popularity;
  private final double[] categoryWeights;
  private final int[] prices;
  private final String[] ids;
  private final long[] appearsAtMillis;

  private int existing;

  ShopCatalog(ShopStreamConfig config, long spanMillis, Dice dice) {
    int all = config.items() + config.newItems();
    int categoryCount = Math.max(1, all / ITEMS_PER_CATEGORY);
    centres = new float[categoryCount][];
    for (int c = 0; c < categoryCount; c++) {
      centres[c] = dice.direction();
    }
    tastes = new float[all][];
    categories = new int[all];
    baseWeights = new double[all];
    trends = new double[all];
    popularity = new WeightedChoice(all);
    categoryWeights = new double[categoryCount];
    prices = new int[all];
    ids = new String[all];
    appearsAtMillis = new long[all];
    int[] ranks = dice.permutation(all);
    int[] sizes = new int[categoryCount];
    for (int item = 0; item < all; item++) {
      int category = dice.below(categoryCount);
      categories[item] = category;
      sizes[category]++;
      tastes[item] = Dice.between(centres[category], dice.direction(), ITEM_SPREAD);
      baseWeights[item] = 1 / StrictMath.pow(ranks[item] + ZIPF_SHIFT, ZIPF_EXPONENT);
      prices[item] = 500 + dice.below(19_500);
      ids[item] = String.format(Locale.ROOT, "i%04d", item);
      long afterStart = Math.max(0, item - config.items() + 1L);
      appearsAtMillis[item] =
          config.start().toEpochMilli() + spanMillis / (config.newItems() + 1) * afterStart;
    }
    members = membersOf(sizes);
    for (existing = 0; existing < config.items(); existing++) {
      reweigh(existing, 0);
    }
  }

  private int[][] membersOf(int[] sizes) {
    int[][] grouped = new int[sizes.length][];
    int[] filled = new int[sizes.length];
    for (int c = 0; c < sizes.length; c++) {
      grouped[c] = new int[sizes[c]];
    }
    for (int item = 0; item < categories.length; item++) {
      int c = categories[item];
      grouped[c][filled[c]++] = item;
    }
    return grouped;
  }

  int size() {
    return ids.length;
  }

  String id(int item) {
    return ids[item];
  }

  float[] taste(int item) {
    return tastes[item];
  }

  float[] centre(int category) {
    return centres[category];
  }

  int randomCategory(Dice dice) {
    return dice.below(centres.length);
  }

  /** Lets new items appear whose time has come. */
  void advanceTo(long millis) {
    while (existing < ids.length && appearsAtMillis[existing] <= millis) {
      reweigh(existing++, NEW_ITEM_STRENGTH);
    }
  }

  /** Moves popularity by one step: trends fade, one begins, two items trade places. */
  void drift(Dice dice) {
    for (int item = 0; item < existing; item++) {
      if (trends[item] > 0) {
        double faded = trends[item] * TREND_FADING;
        reweigh(item, faded < 0.1 ? 0 : faded);
      }
    }
    int one = dice.below(existing);
    int other = dice.below(existing);
    double weight = baseWeights[one];
    baseWeights[one] = baseWeights[other];
    baseWeights[other] = weight;
    reweigh(one, trends[one]);
    reweigh(other, TREND_STRENGTH * dice.unit());
  }

  private void reweigh(int item, double trend) {
    trends[item] = trend;
    double weight = baseWeights[item] * (1 + trend);
    categoryWeights[categories[item]] += weight - popularity.weight(item);
    popularity.set(item, weight);
  }

  /** Draws a category by popularity and by how well it suits a taste. */
  int categoryFor(float[] taste, Dice dice) {
    double[] sums = new double[centres.length];
    double sum = 0;
    for (int c = 0; c < centres.length; c++) {
      sum += Math.max(0, categoryWeights[c]) * suitability(taste, centres[c]);
      sums[c] = sum;
    }
    int chosen = first(sums, sum * dice.unit());
    // An empty category has no weight, but rounding may leave it a trace of one.
    return members[chosen].length > 0 && categoryWeights[chosen] > 1e-9
        ? chosen
        : categories[anyItem(dice)];
  }

  /** Draws an item of a category by popularity and by how well it suits an intent. */
  int itemFor(float[] intent, int category, Dice dice) {
    int[] candidates = members[category];
    double[] sums = new double[candidates.length];
    double sum = 0;
    for (int i = 0; i < candidates.length; i++) {
      double weight = popularity.weight(candidates[i]);
      sum += weight > 0 ? weight * suitability(intent, tastes[candidates[i]]) : 0;
      sums[i] = sum;
    }
    return sum > 0 ? candidates[first(sums, sum * dice.unit())] : anyItem(dice);
  }

  /** Draws an item by popularity alone. */
  int anyItem(Dice dice) {
    return popularity.draw(dice);
  }

  private static double suitability(float[] taste, float[] other) {
    double half = 0.5 + 0.5 * Dice.agreement(taste, other);
    double fourth = half * half * half * half;
    return 0.001 + fourth * fourth;
  }

  private static int first(double[] sums, double value) {
    int low = 0;
    int high = sums.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sums[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  ItemMetadata metadata(int item) {
    int category = categories[item];
    int kind = category / STYLES.length;
    String thing = THINGS[kind % THINGS.length];
    String range = kind < THINGS.length ? "" : " " + (kind / THINGS.length + 1);
    String name = STYLES[category % STYLES.length] + " " + thing + range;
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("title", String.format(Locale.ROOT, "%s %04d", name, item));
    attributes.put("category", name);
    return new ItemMetadata(
        ids[item],
        Attributes.of(attributes),
        Features.of(Map.of("price", prices[item] / 100.0)),
        appearsAtMillis[item]);
  }
}
