/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.core.util.TopK;
import java.util.Arrays;
import java.util.List;

/**
 * Unites the candidates of all sources: {@code score(i) = sum_s w_s * f_s(i)}, with features that
 * {@link SourceScores#feature} has brought to one scale.
 *
 * <p>The weights are those of a conditional logit: the probability that the user turns to a
 * candidate next is the softmax of the scores. Each observed choice is one step of stochastic
 * gradient ascent on its logarithm, with a rate per weight. A weight is the sum of a part that all
 * segments share, so that one begins with what the others have learned, and one of its own.
 *
 * @see <a href="https://www.jmlr.org/papers/v12/duchi11a.html">Duchi, Hazan and Singer, Adaptive
 *     Subgradient Methods, 2011</a>, for the rates
 */
final class Blender {
  /** Items drawn, for a step of learning, from those that no source has among its best. */
  private static final int SAMPLES = 100;

  /** How fast a segment leaves what all share, as a share of the rate at which that is learned. */
  private static final double OWN_RATE = 0.5;

  /** Length of the blend in lengths of the lists that it unites. */
  private static final int MAX_DEPTHS = 2;

  private final BlendConfig config;
  private final BlendWeights learned;
  private final List<String> names;
  private final SourceScores[] sources;
  private final RankedItems list;
  private final TopK top;
  private final SlotRows rowOfSlot = new SlotRows();
  private final int[] slots;
  private final float[] scores;
  private final float[] features;
  private final double[] weights;
  private final double[] startWeights;
  private int rows;
  private int segment;
  private boolean canLearn;

  /** Of the draws of the last step those that hit what the user has neither listed nor seen. */
  private int drawn;

  Blender(
      BlendConfig config,
      BlendWeights learned,
      List<String> names,
      SourceScores[] sources,
      int depth,
      TopK.TieBreaker tie) {
    this.config = config;
    this.learned = learned;
    this.names = names;
    this.sources = sources;
    int capacity = sources.length * depth;
    int length = Math.min(capacity, MAX_DEPTHS * depth);
    list = new RankedItems(Sources.BLEND, length);
    top = new TopK(length, tie);
    int described = capacity + SAMPLES + 1;
    slots = new int[described];
    scores = new float[described];
    features = new float[described * sources.length];
    weights = new double[sources.length];
    startWeights = names.stream().mapToDouble(config::startWeight).toArray();
  }

  /** Blends the best of each source for a user of a segment. */
  RankedItems blend(List<RankedItems> best, int segment) {
    this.segment = segment;
    learned.read(segment, names, startWeights, weights);
    unite(best);
    canLearn = config.learningRate() > 0;
    return list;
  }

  private void unite(List<RankedItems> best) {
    rows = 0;
    rowOfSlot.clear();
    for (RankedItems ranked : best) {
      for (int rank = 0; rank < ranked.size; rank++) {
        if (rowOfSlot.putIfAbsent(ranked.slots[rank], rows)) {
          describe(rows, ranked.slots[rank]);
          top.offer(ranked.slots[rank], scores[rows]);
          rows++;
        }
      }
    }
    list.size = top.drainTo(list.slots, list.scores);
  }

  /** Ranks by the first source alone, whatever it weighs. */
  RankedItems blendFirst(RankedItems first) {
    Arrays.fill(weights, 0);
    weights[0] = 1;
    unite(List.of(first));
    canLearn = false;
    return list;
  }

  private void describe(int row, int slot) {
    double score = 0;
    for (int s = 0; s < sources.length; s++) {
      float feature = sources[s].feature(slot);
      features[row * sources.length + s] = feature;
      score += weights[s] * feature;
    }
    slots[row] = slot;
    scores[row] = (float) score;
  }

  RankedItems list() {
    return list;
  }

  /** Gives which source contributed most to an item of the list. */
  int mainSource(int slot) {
    int row = rowOfSlot.get(slot);
    int main = 0;
    for (int s = 1; s < sources.length; s++) {
      boolean counts = weights[s] != 0 && sources[s].contains(slot);
      if (counts && rowPart(row, s) > rowPart(row, main)) {
        main = s;
      }
    }
    return main;
  }

  private double rowPart(int row, int source) {
    return weights[source] * features[row * sources.length + source];
  }

  /** Gives the score of any item, in the list or not. */
  float score(int slot) {
    double score = 0;
    for (int s = 0; s < sources.length; s++) {
      score += part(slot, s);
    }
    return (float) score;
  }

  /** Gives what each source contributes to the score of any item. */
  ScorePart[] parts(int slot) {
    ScorePart[] parts = new ScorePart[sources.length];
    for (int s = 0; s < parts.length; s++) {
      parts[s] = new ScorePart(names.get(s), (float) part(slot, s));
    }
    return parts;
  }

  private double part(int slot, int source) {
    return weights[source] * sources[source].feature(slot);
  }

  /**
   * Learns from the choice that followed the last {@link #blend}.
   *
   * @param chosen slot of the item that the user turned to
   * @param known how many items there are
   * @param eligibility which of them the user might have turned to as well
   * @param unsent receives the change too
   */
  void learn(int chosen, int known, Eligibility eligibility, BlendWeights unsent) {
    if (!canLearn || rows == 0) {
      return;
    }
    int row = rowOfSlot.get(chosen);
    int count = rows;
    if (row < 0) {
      row = count++;
      describe(row, chosen);
    }
    int sampledFrom = count;
    count = sample(count, chosen, known, eligibility);
    // Items that are held back were drawn too: the others stand for no more than their share. What
    // the user has seen counts in full, as if it could be turned to: the weights are better so.
    double weightOfSample = (double) (known - sampledFrom) / Math.max(1, drawn);
    double[] expected = expectedFeatures(sampledFrom, count, Math.max(1, weightOfSample));
    for (int s = 0; s < expected.length; s++) {
      step(s, features[row * sources.length + s] - expected[s], unsent);
    }
  }

  private void step(int source, double gradient, BlendWeights unsent) {
    String name = names.get(source);
    double drift = weights[source] - startWeights[source];
    double slope = gradient - config.regularization() * drift;
    if (slope * weights[source] > 0 && Math.abs(weights[source]) >= BlendConfig.MAX_WEIGHT) {
      // At its bound a weight is not pushed on: it would have to come all the way back. Not to
      // learn is the one bound that leaves sums what they are, the same in any order.
      return;
    }
    step(BlendWeights.SHARED, name, slope, config.learningRate(), unsent);
    step(segment, name, slope, OWN_RATE * config.learningRate(), unsent);
  }

  private void step(int segment, String name, double slope, double rate, BlendWeights unsent) {
    double squares = learned.squares(segment, name) + slope * slope;
    double change = rate * slope / Math.sqrt(1 + squares);
    learned.add(segment, name, change, slope * slope);
    unsent.add(segment, name, change, slope * slope);
  }

  /**
   * Draws some of the items that no source has among its best. Without them the softmax would be
   * over the best only, among which what makes them the best tells nothing.
   */
  private int sample(int from, int chosen, int known, Eligibility eligibility) {
    int count = from;
    drawn = 0;
    long bits = Hashes.mix(chosen + ((long) rows << 32));
    for (int n = 0; n < SAMPLES; n++) {
      bits = Hashes.advance(bits);
      int slot = Hashes.below(Hashes.mix(bits), known);
      if (slot != chosen && rowOfSlot.get(slot) < 0 && !eligibility.isExcluded(slot)) {
        drawn++;
        if (eligibility.allows(slot)) {
          describe(count++, slot);
        }
      }
    }
    return count;
  }

  /** Gives the features that the softmax of the scores expects of the choice. */
  private double[] expectedFeatures(int sampledFrom, int count, double weightOfSample) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < count; row++) {
      highest = Math.max(highest, scores[row]);
    }
    double[] expected = new double[sources.length];
    double total = 0;
    for (int row = 0; row < count; row++) {
      double likelihood =
          Math.exp(scores[row] - highest) * (row < sampledFrom ? 1 : weightOfSample);
      total += likelihood;
      for (int s = 0; s < sources.length; s++) {
        expected[s] += likelihood * features[row * sources.length + s];
      }
    }
    for (int s = 0; s < sources.length; s++) {
      expected[s] /= total;
    }
    return expected;
  }
}
