/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.table;

import java.util.List;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;

/** The arguments of one call in a query, by name. */
public final class Call {
  private final List<StaticArgument> arguments;
  private final CallContext context;

  Call(List<StaticArgument> arguments, CallContext context) {
    this.arguments = arguments;
    this.context = context;
  }

  /**
   * Reads a literal.
   *
   * @param argument its name
   * @param type of the value
   * @param <T> of the value
   * @param otherwise taken if the argument is not given
   * @return the value
   * @throws IllegalArgumentException if the argument is no literal
   */
  public <T> T literal(String argument, Class<T> type, T otherwise) {
    int position = position(argument);
    if (context.isArgumentNull(position)) {
      return otherwise;
    }
    return context
        .getArgumentValue(position, type)
        .orElseThrow(
            () -> new IllegalArgumentException(argument + " must be a literal, got an expression"));
  }

  /**
   * Reads the columns of a table argument.
   *
   * @param argument its name
   * @return the columns
   */
  public Columns columns(String argument) {
    TableSemantics table = context.getTableSemantics(position(argument)).orElseThrow();
    return new Columns(argument, table.dataType());
  }

  private int position(String argument) {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).getName().equals(argument)) {
        return i;
      }
    }
    throw new IllegalStateException("no argument " + argument);
  }
}
