/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.rule;

import io.github.flinkrecsys.core.rule.ExpressionTokens.Kind;
import io.github.flinkrecsys.core.rule.ItemExpression.Condition;
import java.util.ArrayList;
import java.util.List;

/** Parses expressions by recursive descent, one method per line of the grammar. */
final class ExpressionParser {
  private final ExpressionTokens tokens;
  private int depth;

  ExpressionParser(String text) {
    this.tokens = new ExpressionTokens(text);
  }

  Condition parse() {
    Condition whole = disjunction();
    if (tokens.kind() != Kind.END) {
      throw tokens.error("'and', 'or' or the end");
    }
    return whole;
  }

  private Condition disjunction() {
    List<Condition> parts = new ArrayList<>(List.of(conjunction()));
    while (tokens.takeWord("or")) {
      parts.add(conjunction());
    }
    return parts.size() == 1 ? parts.get(0) : new Conditions.Or(parts.toArray(Condition[]::new));
  }

  private Condition conjunction() {
    List<Condition> parts = new ArrayList<>(List.of(negation()));
    while (tokens.takeWord("and")) {
      parts.add(negation());
    }
    return parts.size() == 1 ? parts.get(0) : new Conditions.And(parts.toArray(Condition[]::new));
  }

  private Condition negation() {
    if (++depth > ItemExpression.MAX_DEPTH) {
      throw tokens.error("at most " + ItemExpression.MAX_DEPTH + " levels");
    }
    Condition part = tokens.takeWord("not") ? new Conditions.Not(negation()) : primary();
    depth--;
    return part;
  }

  private Condition primary() {
    if (tokens.takeSymbol("(")) {
      Condition inner = disjunction();
      expect(")");
      return inner;
    }
    if (tokens.takeWord("exists")) {
      expect("(");
      String name = tokens.takeName("a name");
      expect(")");
      return new Conditions.Exists(name);
    }
    return comparison(tokens.takeName("a name, 'not', 'exists' or '('"));
  }

  private Condition comparison(String name) {
    if (tokens.takeWord("not")) {
      if (!tokens.takeWord("in")) {
        throw tokens.error("'in'");
      }
      return new Conditions.Not(membership(name));
    }
    return tokens.takeWord("in") ? membership(name) : relation(name);
  }

  private Condition relation(String name) {
    Conditions.Relation relation = tokens.takeRelation();
    if (tokens.kind() == Kind.STRING && relation.isForNumbersOnly()) {
      throw tokens.error("a number after '" + relation.symbol() + "'");
    }
    return switch (tokens.kind()) {
      case STRING -> new Conditions.Text(name, relation, tokens.takeText());
      case NUMBER -> new Conditions.Number(name, relation, tokens.takeNumber());
      default -> throw tokens.error("a number or a string in quotes");
    };
  }

  private Condition membership(String name) {
    expect("(");
    Condition among =
        switch (tokens.kind()) {
          case STRING -> new Conditions.OneOfTexts(name, texts());
          case NUMBER -> new Conditions.OneOfNumbers(name, numbers());
          default -> throw tokens.error("a number or a string in quotes");
        };
    expect(")");
    return among;
  }

  private String[] texts() {
    List<String> texts = new ArrayList<>();
    do {
      texts.add(tokens.takeText());
    } while (tokens.takeSymbol(","));
    return texts.toArray(String[]::new);
  }

  private double[] numbers() {
    List<Double> numbers = new ArrayList<>();
    do {
      numbers.add(tokens.takeNumber());
    } while (tokens.takeSymbol(","));
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private void expect(String symbol) {
    if (!tokens.takeSymbol(symbol)) {
      throw tokens.error("'" + symbol + "'");
    }
  }
}
