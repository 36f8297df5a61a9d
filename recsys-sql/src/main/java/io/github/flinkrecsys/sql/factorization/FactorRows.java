/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.factorization;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.core.replica.ItemReplica;
import org.apache.flink.types.Row;

/** The rows that {@code FACTORIZE} gives and {@code TOP_K} takes. */
public final class FactorRows {
  /** Columns, for annotations. */
  public static final String TYPE =
      "ROW<side STRING, id STRING, factors ARRAY<FLOAT>, bias FLOAT, popularity DOUBLE,"
          + " steps BIGINT, item_id STRING, event_type STRING>";

  /** Value of {@code side} in the row of an item. */
  public static final String ITEM = "ITEM";

  /** Value of {@code side} in the row of a user. */
  public static final String USER = "USER";

  private FactorRows() {}

  static Row ofItem(ItemReplica items, int slot) {
    return Row.of(
        ITEM,
        items.id(slot),
        boxed(items.factors(slot), items.offset(slot), items.config().factors()),
        items.bias(slot),
        items.popularity(slot),
        null,
        null,
        null);
  }

  static Row ofUser(Interaction interaction, UserFactors user) {
    int factors = user.vector.length - 1;
    return Row.of(
        USER,
        interaction.userId(),
        boxed(user.vector, 0, factors),
        user.vector[factors],
        null,
        user.steps,
        interaction.itemId(),
        interaction.type());
  }

  private static Float[] boxed(float[] values, int from, int count) {
    Float[] boxed = new Float[count];
    for (int i = 0; i < count; i++) {
      boxed[i] = values[from + i];
    }
    return boxed;
  }
}
