/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;

/**
 * A text of the interaction at hand, hashed to one of a fixed number of places. Needs no state.
 *
 * <p>As an index, 0 means that the text is not known and a text is one of {@code 1 .. size - 1}; as
 * one-hot, a text is one of {@code size} values and all are 0 where it is not known.
 *
 * @param name of the feature
 * @param category where the text is found
 * @param size number of places: 2 to {@value #MAX_SIZE}, one-hot at most {@value #MAX_ONE_HOT}
 * @param oneHot whether there is a value per place rather than one index
 * @see <a href="https://doi.org/10.1145/1553374.1553516">Weinberger, Dasgupta, Langford, Smola and
 *     Attenberg, Feature Hashing, 2009</a>
 */
public record CategoryFeature(String name, Category category, int size, boolean oneHot)
    implements Feature {
  /** Most places of an index: a float tells all of them apart. */
  public static final int MAX_SIZE = 1 << 24;

  /** Most places of a one-hot feature. */
  public static final int MAX_ONE_HOT = 4096;

  /**
   * Checks.
   *
   * @param name see the record
   * @param category see the record
   * @param size see the record
   * @param oneHot see the record
   * @throws IllegalArgumentException if a value is out of its range
   */
  public CategoryFeature {
    FeatureConfig.checkName(name);
    Checks.notNull("category", category);
    Checks.between("size", size, 2, oneHot ? MAX_ONE_HOT : MAX_SIZE);
  }

  @Override
  public String signature() {
    return (oneHot ? "one-hot " : "index ")
        + name
        + " "
        + category.of()
        + " "
        + category.attribute()
        + " "
        + size;
  }

  @Override
  public int width() {
    return oneHot ? size : 1;
  }

  @Override
  public void write(
      FeatureState state,
      int sumsAt,
      int bucketsAt,
      EnrichedInteraction interaction,
      float[] values,
      int at) {
    String text = category.textOf(interaction);
    if (text == null) {
      return;
    }
    long hash = Hashes.hash(text);
    if (oneHot) {
      values[at + Hashes.below(hash, size)] = 1;
    } else {
      values[at] = 1 + Hashes.below(hash, size - 1);
    }
  }
}
