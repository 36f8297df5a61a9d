/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.rule;

import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.rule.ItemExpression.Condition;
import io.github.flinkrecsys.core.rule.ItemExpression.Truth;
import java.util.Arrays;

/** The parts of expressions. */
final class Conditions {
  private Conditions() {}

  /** How two values are compared. */
  enum Relation {
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    GREATER(">"),
    EQUAL("=="),
    NOT_EQUAL("!=");

    private final String symbol;

    Relation(String symbol) {
      this.symbol = symbol;
    }

    String symbol() {
      return symbol;
    }

    boolean isForNumbersOnly() {
      return this != EQUAL && this != NOT_EQUAL;
    }

    boolean holds(int order) {
      return switch (this) {
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER_OR_EQUAL -> order >= 0;
        case LESS -> order < 0;
        case GREATER -> order > 0;
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
      };
    }
  }

  private static String attribute(ItemMetadata metadata, String name) {
    return metadata == null ? null : metadata.attributes().get(name);
  }

  private static double feature(ItemMetadata metadata, String name) {
    return metadata == null ? Double.NaN : metadata.features().get(name);
  }

  record Or(Condition[] parts) implements Condition {
    @Override
    public Truth test(ItemMetadata metadata) {
      Truth truth = Truth.FALSE;
      for (Condition part : parts) {
        Truth of = part.test(metadata);
        if (of == Truth.TRUE) {
          return of;
        }
        truth = of == Truth.UNKNOWN ? of : truth;
      }
      return truth;
    }
  }

  record And(Condition[] parts) implements Condition {
    @Override
    public Truth test(ItemMetadata metadata) {
      Truth truth = Truth.TRUE;
      for (Condition part : parts) {
        Truth of = part.test(metadata);
        if (of == Truth.FALSE) {
          return of;
        }
        truth = of == Truth.UNKNOWN ? of : truth;
      }
      return truth;
    }
  }

  record Not(Condition part) implements Condition {
    @Override
    public Truth test(ItemMetadata metadata) {
      return part.test(metadata).not();
    }
  }

  record Exists(String name) implements Condition {
    @Override
    public Truth test(ItemMetadata metadata) {
      return Truth.of(attribute(metadata, name) != null || !Double.isNaN(feature(metadata, name)));
    }
  }

  record Text(String name, Relation relation, String literal) implements Condition {
    @Override
    public Truth test(ItemMetadata metadata) {
      String value = attribute(metadata, name);
      return value == null ? Truth.UNKNOWN : Truth.of(relation.holds(value.compareTo(literal)));
    }
  }

  record Number(String name, Relation relation, double literal) implements Condition {
    @Override
    public Truth test(ItemMetadata metadata) {
      double value = feature(metadata, name);
      // Adding 0 makes -0 equal to 0.
      return Double.isNaN(value)
          ? Truth.UNKNOWN
          : Truth.of(relation.holds(Double.compare(value + 0.0, literal + 0.0)));
    }
  }

  record OneOfTexts(String name, String[] literals) implements Condition {
    @Override
    public Truth test(ItemMetadata metadata) {
      String value = attribute(metadata, name);
      return value == null
          ? Truth.UNKNOWN
          : Truth.of(Arrays.stream(literals).anyMatch(value::equals));
    }
  }

  record OneOfNumbers(String name, double[] literals) implements Condition {
    @Override
    public Truth test(ItemMetadata metadata) {
      double value = feature(metadata, name);
      return Double.isNaN(value)
          ? Truth.UNKNOWN
          : Truth.of(Arrays.stream(literals).anyMatch(literal -> literal == value));
    }
  }
}
