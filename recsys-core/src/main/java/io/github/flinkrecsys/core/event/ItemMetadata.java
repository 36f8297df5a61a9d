/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

/**
 * What is known about an item beside its interactions. A newer one replaces an older one whole.
 *
 * @param itemId which item; non-empty
 * @param attributes strings, for example its title and category
 * @param features numbers, for example its price
 * @param timestampMillis event time from which this holds, milliseconds since 1970
 */
public record ItemMetadata(
    String itemId, Attributes attributes, Features features, long timestampMillis) {

  /**
   * Tells whether this replaces other metadata of the same item. Of two with one timestamp it is
   * the same one in every place, whatever arrives first.
   *
   * @param known metadata, or null if there are none
   * @return true if this is to be kept instead
   */
  public boolean replaces(ItemMetadata known) {
    if (known == null || known.timestampMillis != timestampMillis) {
      return known == null || known.timestampMillis < timestampMillis;
    }
    return toString().compareTo(known.toString()) > 0;
  }
}
