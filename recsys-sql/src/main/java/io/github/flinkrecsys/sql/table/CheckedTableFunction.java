/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.table;

import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategy;
import org.apache.flink.types.Row;

/**
 * A process table function whose arguments and input columns are checked while the query is
 * planned, so that a bad call is an error of the statement and not of the job.
 *
 * <p>Takes and gives insert-only tables.
 */
public abstract class CheckedTableFunction extends ProcessTableFunction<Row> {
  /**
   * TTL of state that time does not free. Without one, Flink 2.3 takes an endless TTL, and looks
   * for what has expired through whole maps at every access.
   */
  protected static final String NO_TTL = "0 ms";

  private static final long serialVersionUID = 1L;

  /** For subclasses. */
  protected CheckedTableFunction() {}

  /**
   * Checks a call.
   *
   * @param call its arguments
   * @throws IllegalArgumentException if one is out of range, with a message that names it
   */
  protected abstract void check(Call call);

  @Override
  public final TypeInference getTypeInference(DataTypeFactory types) {
    TypeInference derived = super.getTypeInference(types);
    TypeStrategy output = derived.getOutputTypeStrategy();
    return TypeInference.newBuilder()
        .staticArguments(derived.getStaticArguments().orElseThrow())
        .stateTypeStrategies(derived.getStateTypeStrategies())
        .outputTypeStrategy(
            context -> {
              checkCall(derived, context);
              return output.inferType(context);
            })
        .build();
  }

  private void checkCall(TypeInference derived, CallContext context) {
    try {
      check(new Call(derived.getStaticArguments().orElseThrow(), context));
    } catch (IllegalArgumentException e) {
      throw new ValidationException(context.getName() + ": " + e.getMessage(), e);
    }
  }
}
