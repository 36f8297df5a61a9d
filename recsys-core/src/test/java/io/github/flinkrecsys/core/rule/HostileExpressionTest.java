/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.Mutator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hostile rules: an expression that can be asked of any item, or one error that shows where. */
class HostileExpressionTest {
  private static final List<ItemMetadata> ITEMS =
      Arrays.asList(
          null,
          new ItemMetadata("i", Attributes.NONE, Features.NONE, 0),
          new ItemMetadata(
              "i",
              Attributes.of(Map.of("category", "outlet", "brand", "x")),
              Features.of(Map.of("stock", 3.0, "price", -1.5e3)),
              0));

  @Test
  void expressions() {
    Mutator mutator =
        new Mutator(
            List.of(
                "stock > 0 and not (category in (\"outlet\", \"returns\") or brand == 'x')",
                "exists(`a name`) or price <= -1.5e3",
                "price not in (1, 2, 3e2)",
                "not not not stock != 4"),
            "not ",
            " and ",
            " or ",
            " in ",
            "exists(",
            "`",
            "==",
            "!=",
            "<=",
            "\\\"");
    Fuzz.run("rule expression", 12_000, mutator::text, HostileExpressionTest::accepts);
  }

  private static boolean accepts(String text) {
    try {
      ItemExpression expression = ItemExpression.parse(text);
      ItemExpression again = ItemExpression.parse(expression.toString());
      for (ItemMetadata item : ITEMS) {
        assertThat(again.test(item)).isNotNull().isEqualTo(expression.test(item));
      }
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).startsWith("expression must ").hasSizeLessThan(400);
      return false;
    }
  }
}
