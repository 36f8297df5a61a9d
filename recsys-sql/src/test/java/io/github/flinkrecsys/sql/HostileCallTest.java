/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.fuzz.Fuzz;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.StaticArgumentTrait;
import org.apache.flink.table.types.inference.TypeInference;
import org.junit.jupiter.api.Test;

/** Hostile calls: arguments and columns that are taken, or one line that names the function. */
class HostileCallTest {
  private static final int INPUTS = 4_000;
  private static final int PLANNED = 30;
  private static final List<Object> VALUES =
      Arrays.asList(
          Integer.MIN_VALUE,
          -1,
          0,
          1,
          2,
          1_000,
          4_097,
          65_537,
          Integer.MAX_VALUE,
          Duration.ZERO,
          Duration.ofNanos(1),
          Duration.ofMillis(1),
          Duration.ofMillis(-1),
          Duration.ofDays(1),
          Duration.ofMillis(Long.MAX_VALUE),
          Duration.ofSeconds(Long.MAX_VALUE),
          Duration.ofSeconds(Long.MIN_VALUE),
          new BigDecimal("0.5"),
          new BigDecimal("-0.5"),
          new BigDecimal("1e300"),
          new BigDecimal("1e-300"),
          new BigDecimal("1e-2147483646"),
          new BigDecimal("1e2147483646"),
          new BigDecimal("9".repeat(10_000)),
          "PAIRWISE",
          "POSITIVE",
          "",
          "pairwise",
          "a\nb",
          "\uD800",
          "x".repeat(1 << 20));
  private static final List<DataType> TYPES =
      List.of(
          DataTypes.STRING(),
          DataTypes.CHAR(3),
          DataTypes.BYTES(),
          DataTypes.BOOLEAN(),
          DataTypes.INT(),
          DataTypes.DOUBLE(),
          DataTypes.DECIMAL(38, 18),
          DataTypes.TIMESTAMP_LTZ(3),
          DataTypes.NULL(),
          DataTypes.ARRAY(DataTypes.FLOAT()),
          DataTypes.ARRAY(DataTypes.STRING()),
          DataTypes.ARRAY(DataTypes.ROW()),
          DataTypes.ARRAY(DataTypes.ROW(DataTypes.FIELD("item_id", DataTypes.STRING()))),
          DataTypes.MAP(DataTypes.STRING(), DataTypes.INT()),
          DataTypes.ROW(DataTypes.FIELD("x".repeat(1 << 16), DataTypes.INT())));

  /** Columns that one function or another wants. */
  private static final Map<String, DataType> COLUMNS = new LinkedHashMap<>();

  static {
    for (String name :
        List.of("shop", "user_id", "item_id", "event_type", "side", "id", "neighbor_id")) {
      COLUMNS.put(name, DataTypes.STRING());
    }
    for (String name : List.of("weight", "bias", "popularity", "forward", "backward")) {
      COLUMNS.put(name, DataTypes.DOUBLE());
    }
    COLUMNS.put("neighbor_count", DataTypes.DOUBLE());
    COLUMNS.put("factors", DataTypes.ARRAY(DataTypes.FLOAT()));
    COLUMNS.put("items", TYPES.get(12));
  }

  /** A call of a function; an argument that is not there is not given. */
  private record Input(String function, Map<String, Object> values, DataType table) {
    @Override
    public String toString() {
      String text = function + values + table;
      return text.substring(0, Math.min(text.length(), 500));
    }
  }

  @Test
  void calls() {
    DataTypeFactory types =
        ((TableEnvironmentImpl) new SqlSession().tables()).getCatalogManager().getDataTypeFactory();
    Map<String, TypeInference> functions = new LinkedHashMap<>();
    for (String name : new TreeSet<>(new RecsysModule().listFunctions())) {
      FunctionDefinition function = new RecsysModule().getFunctionDefinition(name).orElseThrow();
      if (function instanceof ProcessTableFunction) {
        functions.put(name, function.getTypeInference(types));
      }
    }
    Fuzz.run(
        "calls of functions",
        INPUTS,
        random -> input(functions, random),
        input -> accepts(input, functions.get(input.function), types));
  }

  private static Input input(Map<String, TypeInference> functions, Random random) {
    List<String> names = List.copyOf(functions.keySet());
    String name = names.get(random.nextInt(names.size()));
    Map<String, Object> values = new LinkedHashMap<>();
    for (StaticArgument argument : functions.get(name).getStaticArguments().orElseThrow()) {
      if (!argument.is(StaticArgumentTrait.TABLE) && random.nextInt(3) == 0) {
        Class<?> type = argument.getDataType().orElseThrow().getConversionClass();
        List<Object> fitting = VALUES.stream().filter(type::isInstance).toList();
        values.put(argument.getName(), fitting.get(random.nextInt(fitting.size())));
      }
    }
    return new Input(name, values, table(random));
  }

  private static DataType table(Random random) {
    List<DataTypes.Field> fields = new ArrayList<>();
    int hostile = random.nextInt(5);
    for (Map.Entry<String, DataType> column : COLUMNS.entrySet()) {
      boolean isOther = hostile == 0 && random.nextInt(5) == 0;
      if (isOther && random.nextBoolean()) {
        continue;
      }
      DataType type = isOther ? TYPES.get(random.nextInt(TYPES.size())) : column.getValue();
      fields.add(DataTypes.FIELD(column.getKey(), type));
    }
    if (hostile == 1) {
      fields.add(DataTypes.FIELD("x".repeat(1 << 16), DataTypes.STRING()));
    }
    return DataTypes.ROW(fields.toArray(DataTypes.Field[]::new));
  }

  private static boolean accepts(Input input, TypeInference function, DataTypeFactory types) {
    try {
      CallContext call = new FakeCall(input, function.getStaticArguments().orElseThrow(), types);
      assertThat(function.getOutputTypeStrategy().inferType(call)).isPresent();
      return true;
    } catch (ValidationException e) {
      assertThat(e.getMessage())
          .startsWith(input.function + ": ")
          .contains(" must ", ", got ")
          .hasSizeLessThan(1_500);
      return false;
    }
  }

  /** The planner says the same, of literals that SQL can write; few, because it is slow. */
  @Test
  void statements() {
    SqlSession session =
        new SqlSession()
            .interactions("events", List.of(SqlSession.interaction("u", "a", "view", 0)));
    String[] arguments = {"gap", "max_length", "max_duration", "max_buffered", "nonsense"};
    String[] values = {
      "0",
      "-1",
      "1",
      "2147483647",
      "2147483648",
      "1e400",
      "NULL",
      "'x'",
      "INTERVAL '0' SECOND",
      "INTERVAL '1' DAY",
      "INTERVAL '1' MONTH",
      "ARRAY[1]",
      "RAND()"
    };
    int planned = 0;
    for (int seed = 0; seed < PLANNED; seed++) {
      Random random = new Random(seed);
      String statement =
          "SELECT * FROM SESSIONIZE(input => TABLE events PARTITION BY user_id,"
              + " on_time => DESCRIPTOR(ts), "
              + arguments[random.nextInt(arguments.length)]
              + " => "
              + values[random.nextInt(values.length)]
              + ")";
      try {
        session.tables().explainSql(statement);
        planned++;
      } catch (ValidationException e) {
        // Not the name alone: the statement has it too.
        assertThat(messages(e))
            .as("seed %d: %s", seed, statement)
            .anyMatch(
                message ->
                    message.startsWith("SESSIONIZE: ")
                        || message.startsWith("No match found for function signature SESSIONIZE("));
      }
    }
    assertThat(planned).isBetween(1, PLANNED - 1);
  }

  private static List<String> messages(Throwable thrown) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      messages.add(String.valueOf(cause.getMessage()));
    }
    return messages;
  }

  /** What the planner tells a function of a call of literals. */
  private record FakeCall(Input input, List<StaticArgument> arguments, DataTypeFactory types)
      implements CallContext {
    @Override
    public DataTypeFactory getDataTypeFactory() {
      return types;
    }

    @Override
    public FunctionDefinition getFunctionDefinition() {
      return new RecsysModule().getFunctionDefinition(input.function).orElseThrow();
    }

    @Override
    public boolean isArgumentLiteral(int position) {
      return !isTable(position);
    }

    @Override
    public boolean isArgumentNull(int position) {
      return !isTable(position) && !input.values.containsKey(arguments.get(position).getName());
    }

    private boolean isTable(int position) {
      return arguments.get(position).is(StaticArgumentTrait.TABLE);
    }

    @Override
    public <T> Optional<T> getArgumentValue(int position, Class<T> type) {
      return Optional.ofNullable(input.values.get(arguments.get(position).getName()))
          .map(type::cast);
    }

    @Override
    public Optional<TableSemantics> getTableSemantics(int position) {
      return isTable(position) ? Optional.of(PtfContext.table(input.table)) : Optional.empty();
    }

    @Override
    public String getName() {
      return input.function;
    }

    @Override
    public List<DataType> getArgumentDataTypes() {
      return arguments.stream()
          .map(argument -> argument.getDataType().orElse(input.table))
          .toList();
    }

    @Override
    public Optional<DataType> getOutputDataType() {
      return Optional.empty();
    }

    @Override
    public boolean isGroupedAggregation() {
      return false;
    }
  }
}
