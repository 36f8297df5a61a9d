/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.rule.ItemExpression.Truth;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemExpressionTest {
  private static final ItemMetadata SHOE =
      new ItemMetadata(
          "i",
          Attributes.of(Map.of("category", "shoe", "brand name", "it's", "in-stock", "yes")),
          Features.of(Map.of("price", 9.5, "stock", 0.0)),
          1);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "category == \"shoe\" | TRUE",
        "category == 'shoe' | TRUE",
        "category != 'shoe' | FALSE",
        "category == 'Shoe' | FALSE",
        "category in ('hat', 'shoe') | TRUE",
        "category not in ('hat', 'shoe') | FALSE",
        "`brand name` == 'it\\'s' | TRUE",
        "in-stock == 'yes' | TRUE",
        "price < 10 | TRUE",
        "price <= 9.5 and price >= 9.5 and not price > 9.5 | TRUE",
        "price == .95e1 | TRUE",
        "stock == -0 | TRUE",
        "stock in (1, 0) | TRUE",
        "price > 1 and stock > 0 or category == 'shoe' | TRUE",
        "price > 1 and (stock > 0 or category == 'hat') | FALSE",
        "not not price > 1 | TRUE",
        "not stock > 0 and price > 1 | TRUE",
        "colour == 'red' | UNKNOWN",
        "colour != 'red' | UNKNOWN",
        "not colour == 'red' | UNKNOWN",
        "colour not in ('red') | UNKNOWN",
        "colour == 'red' or price > 1 | TRUE",
        "colour == 'red' or price < 1 | UNKNOWN",
        "colour == 'red' and price < 1 | FALSE",
        "colour == 'red' and price > 1 | UNKNOWN",
        "weight > 1 | UNKNOWN",
        "category > 1 | UNKNOWN",
        "price == '9.5' | UNKNOWN",
        "exists(category) and exists(price) | TRUE",
        "exists(colour) | FALSE",
        "not exists(colour) or colour == 'red' | TRUE",
      })
  void tellsWhetherAnItemFulfilsIt(String expression, Truth expected) {
    assertThat(ItemExpression.parse(expression).test(SHOE)).isEqualTo(expected);
  }

  @Test
  void withoutMetadataEverythingIsUnknownAndNothingExists() {
    assertThat(ItemExpression.parse("price > 1").test(null)).isEqualTo(Truth.UNKNOWN);
    assertThat(ItemExpression.parse("exists(price)").test(null)).isEqualTo(Truth.FALSE);
  }

  @Test
  void rulesExcludeOrIncludeWhatIsUnknown() {
    assertThat(ItemRule.expression("colour == 'red'").allows(SHOE)).isFalse();
    assertThat(ItemRule.expressionOrUnknown("colour == 'red'").allows(SHOE)).isTrue();
    assertThat(ItemRule.expressionOrUnknown("stock > 0").allows(SHOE)).isFalse();
    assertThat(ItemRule.expression("price > 1").allows(SHOE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "( | a name, 'not', 'exists' or '(' at column 2, got the end in: (",
        "price | one of == != < <= > >= in 'not in' at column 6, got the end in: price",
        "price = 5 | one of == != < <= > >= in 'not in' at column 7, got '= 5' in: price = 5",
        "price < shoe | a number or a string in quotes at column 9, got 'shoe' in: price < shoe",
        "price < '5' | a number after '<' at column 9, got ''5'' in: price < '5'",
        "price < 5) | 'and', 'or' or the end at column 10, got ')' in: price < 5)",
        "(price < 5 | ')' at column 11, got the end in: (price < 5",
        "price < 5 and | a name, 'not', 'exists' or '(' at column 14, got the end in: price < 5 and",
        "price < 1.2.3 | a number at column 9, got '1.2.3' in: price < 1.2.3",
        "price < 1e999 | a number within the range of a double at column 9, got '1e999' in: price < 1e999",
        "category == 'x | a closing ' at column 15, got the end in: category == 'x",
        "category in () | a number or a string in quotes at column 14, got ')' in: category in ()",
        "category in ('a', 1) | a string in quotes at column 19, got '1)' in: category in ('a', 1)",
        "category not 'a' | 'in' at column 14, got ''a'' in: category not 'a'",
        "and == 1 | a name, 'not', 'exists' or '(' at column 1, got 'and == 1' in: and == 1",
        "`` == 1 | a name at column 1, got '`` == 1' in: `` == 1",
        "exists price | '(' at column 8, got 'price' in: exists price",
        "price < 5 # | 'and', 'or' or the end at column 11, got '#' in: price < 5 #",
      })
  void whatDoesNotParseIsShown(String expression, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ItemExpression.parse(expression))
        .withMessage("expression must have " + message);
  }

  @Test
  void hostileInputIsBounded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ItemExpression.parse("(".repeat(5_000)))
        .withMessageContaining("at most 100 levels at column 101");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ItemExpression.parse("not ".repeat(2_000)))
        .withMessageContaining("at most 100 levels at column 401");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ItemExpression.parse("a".repeat(10_001)))
        .withMessage("expression must be at most 10000 characters, got 10001");
    assertThat(ItemExpression.parse("a < 1 and ".repeat(900) + "a < 1").test(SHOE))
        .isEqualTo(Truth.UNKNOWN);
    assertThatIllegalArgumentException().isThrownBy(() -> ItemExpression.parse(null));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyTextParsesOrIsRefusedWithAColumn(long seed) {
    String[] words = {
      "a", "and", "or", "not", "in", "(", ")", ",", "'x'", "1", "<", "==", "exists"
    };
    Random random = new Random(seed);
    for (int n = 0; n < 5_000; n++) {
      StringBuilder text = new StringBuilder();
      for (int w = random.nextInt(9); w >= 0; w--) {
        text.append(
            random.nextInt(9) == 0
                ? String.valueOf((char) random.nextInt(256))
                : words[random.nextInt(words.length)]);
        text.append(random.nextBoolean() ? " " : "");
      }
      try {
        assertThat(ItemExpression.parse(text.toString()).test(SHOE)).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).as("seed %d: %s", seed, text).hasMessageContaining(" at column ");
      }
    }
  }

  @Test
  void rulesCanBeShipped() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(ItemRule.expression("category in ('shoe') and price < 10"));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((ItemRule) in.readObject()).allows(SHOE)).isTrue();
    }
  }
}
