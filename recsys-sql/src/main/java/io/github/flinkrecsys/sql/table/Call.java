/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.table;

import java.util.List;
import java.util.Optional;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** The arguments of one call in a query, by name. */
public final class Call {
  private final List<StaticArgument> arguments;
  private final CallContext context;

  Call(List<StaticArgument> arguments, CallContext context) {
    this.arguments = arguments;
    this.context = context;
  }

  /**
   * Reads a literal. Flink asks for a check several times, sometimes with the literal within a cast
   * to the argument's type; then there is no value, and another time brings it.
   *
   * @param argument its name
   * @param type of the value
   * @param <T> of the value
   * @param otherwise taken if the argument is not given, or not this time
   * @return the value
   * @throws IllegalArgumentException if the argument is no literal, or one of a number without a
   *     decimal point where one with it is needed
   */
  public <T> T literal(String argument, Class<T> type, T otherwise) {
    int position = position(argument);
    if (context.isArgumentNull(position)) {
      return otherwise;
    }
    LogicalType wanted = arguments.get(position).getDataType().orElseThrow().getLogicalType();
    LogicalType given = context.getArgumentDataTypes().get(position).getLogicalType();
    Optional<T> value = context.getArgumentValue(position, type);
    if (value.isEmpty() && !given.equals(wanted)) {
      throw new IllegalArgumentException(argument + " must be a literal, got an expression");
    }
    // Flink 2.3.0 plans the cast of another number, and then cannot compile it.
    if (wanted.is(LogicalTypeRoot.DECIMAL) && !given.is(LogicalTypeRoot.DECIMAL)) {
      throw new IllegalArgumentException(
          argument
              + " must be a number with a decimal point, for example 1.0, got "
              + given.copy(true).asSummaryString());
    }
    return value.orElse(otherwise);
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
