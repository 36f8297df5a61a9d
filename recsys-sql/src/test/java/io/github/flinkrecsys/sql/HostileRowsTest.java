/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.DOUBLE;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.FLOAT;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.sql.feature.TrendingTableFunction;
import io.github.flinkrecsys.sql.vector.CosineFunction;
import io.github.flinkrecsys.sql.vector.DotFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile rows: learned from or counted, whatever they hold and whenever they say they were. */
class HostileRowsTest {
  private static final long DAY = 86_400_000L;
  private static final long NOW = Instant.parse("2026-11-28T12:00:00Z").toEpochMilli();
  private static final long[] TIMES = {
    Long.MIN_VALUE,
    Instant.parse("1969-12-31T23:59:59Z").toEpochMilli(),
    -1,
    0,
    Instant.parse("2099-01-01T00:00:00Z").toEpochMilli(),
    Instant.parse("9999-12-31T23:59:59Z").toEpochMilli(),
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE
  };

  private static final String[] IDS = {
    null, "", " ", "\u0000", "\uD800", "x".repeat(1_025), "x".repeat(1 << 20)
  };

  /** Their rows are work. */
  private static final List<String> LEARNERS = List.of("factorize", "top_k");

  /** Columns of counts in what comes out, by function. */
  private static final Map<String, Integer> COUNTS = Map.of("factorize", 4, "item_counts", 3);

  /** Made once, as long ones take longer to make than to be refused. */
  private static final Float[] ONES = new Float[200_000];

  static {
    Arrays.fill(ONES, 1f);
  }

  private static final DataType INTERACTIONS =
      ROW(
          FIELD("shop", STRING()),
          FIELD("user_id", STRING()),
          FIELD("item_id", STRING()),
          FIELD("event_type", STRING()),
          FIELD("weight", DOUBLE()));
  private static final DataType LISTS =
      ROW(FIELD("user_id", STRING()), FIELD("items", ARRAY(ROW(FIELD("item_id", STRING())))));
  private static final DataType FACTORS =
      ROW(
          FIELD("shop", STRING()),
          FIELD("side", STRING()),
          FIELD("id", STRING()),
          FIELD("factors", ARRAY(FLOAT())),
          FIELD("bias", FLOAT()),
          FIELD("popularity", DOUBLE()),
          FIELD("steps", BIGINT()),
          FIELD("item_id", STRING()),
          FIELD("event_type", STRING()));
  private static final DataType PAIRS =
      ROW(
          FIELD("item_id", STRING()),
          FIELD("neighbor_id", STRING()),
          FIELD("forward", FLOAT()),
          FIELD("backward", FLOAT()),
          FIELD("neighbor_count", DOUBLE()));

  /** A row of a table argument at a time, and how far the watermark goes after it. */
  private record Step(String table, Row row, long at, boolean advances) {
    @Override
    public String toString() {
      String text = String.valueOf(row);
      return table + " at " + at + " " + text.substring(0, Math.min(60, text.length()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sessionize", "trending", "factorize", "item_pairs", "prequential"})
  void interactions(String function) {
    run(
        function,
        Map.of("input", INTERACTIONS, "lists", LISTS),
        random ->
            function.equals("prequential") && random.nextInt(3) == 0
                ? new Step("lists", list(random), time(random), random.nextBoolean())
                : new Step("input", interaction(random), time(random), random.nextBoolean()));
  }

  @Test
  void factors() {
    run(
        "top_k",
        Map.of("input", FACTORS),
        random -> new Step("input", factors(random), time(random), random.nextBoolean()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"item_counts", "item_neighbors"})
  void pairs(String function) {
    run(
        function,
        Map.of("input", PAIRS),
        random -> new Step("input", pair(random), time(random), random.nextBoolean()));
  }

  private static void run(
      String name, Map<String, DataType> tables, Function<Random, Step> source) {
    Fuzz.run(
        "rows of " + name.toUpperCase(Locale.ROOT),
        LEARNERS.contains(name) ? 60 : 400,
        random -> {
          List<Step> steps = new ArrayList<>();
          for (int n = 1 + random.nextInt(20); n > 0; n--) {
            steps.add(source.apply(random));
          }
          return steps;
        },
        steps -> accepts(name, tables, steps));
  }

  @SuppressWarnings("unchecked")
  private static boolean accepts(String name, Map<String, DataType> tables, List<Step> steps)
      throws Throwable {
    PtfDriver driver =
        new PtfDriver(
            (ProcessTableFunction<Row>)
                new RecsysModule().getFunctionDefinition(name).orElseThrow(),
            tables);
    RowRules rules = new RowRules(name);
    long refused = 0;
    for (Step step : steps) {
      driver.row(step.table, step.row, step.at);
      refused += rules.refuse(step.table, step.row, step.at) ? 1 : 0;
      assertThat(driver.count(MetricNames.DEAD_LETTERS)).as("%s", step).isEqualTo(refused);
      if (step.advances) {
        driver.advance(step.at);
      }
    }
    driver.advance(Long.MAX_VALUE);
    for (Row row : driver.output()) {
      check(withoutCountOfNobody(name, row));
    }
    return refused == 0;
  }

  /** The count of an item that nobody has had is negative infinity; it must be nothing worse. */
  private static Row withoutCountOfNobody(String function, Row row) {
    Integer column = COUNTS.get(function);
    if (column == null || !Objects.equals(row.getField(column), Double.NEGATIVE_INFINITY)) {
      return row;
    }
    Row rest = Row.copy(row);
    rest.setField(column, null);
    return rest;
  }

  /** What comes out must be finite numbers, and ids that could have come in. */
  private static void check(Object value) {
    if (value instanceof Row row) {
      for (int n = 0; n < row.getArity(); n++) {
        check(row.getField(n));
      }
    } else if (value instanceof Object[] array) {
      Arrays.stream(array).forEach(HostileRowsTest::check);
    } else if (value instanceof Number number) {
      assertThat(number.doubleValue()).isFinite();
    } else if (value instanceof String text) {
      assertThat(text).hasSizeLessThanOrEqualTo(1_024);
    }
  }

  private static long time(Random random) {
    return random.nextInt(8) == 0
        ? TIMES[random.nextInt(TIMES.length)]
        : NOW + random.nextInt((int) (3 * DAY / 1_000)) * 1_000L;
  }

  private static String id(String prefix, Random random) {
    if (random.nextInt(60) > 0) {
      return prefix + random.nextInt(5);
    }
    return IDS[random.nextInt(IDS.length)];
  }

  private static Double number(Random random) {
    Double[] numbers = {
      null,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      Double.MIN_VALUE,
      0.0,
      -0.0,
      -1.0,
      1e30,
      3e38
    };
    return random.nextInt(30) > 0 ? (Double) 1.0 : numbers[random.nextInt(numbers.length)];
  }

  private static Float real(Random random) {
    Double number = number(random);
    return number == null ? null : number.floatValue();
  }

  private static Row interaction(Random random) {
    return Row.of("shop", id("u", random), id("i", random), id("type", random), number(random));
  }

  private static Row list(Random random) {
    Row[] items = new Row[random.nextInt(100) == 0 ? 20_000 : random.nextInt(5)];
    for (int n = 0; n < items.length; n++) {
      items[n] = random.nextInt(20) == 0 ? null : Row.of(id("i", random));
    }
    return Row.of(id("u", random), random.nextInt(10) == 0 ? null : items);
  }

  private static Row factors(Random random) {
    int[] lengths = {0, 1, 3, 4_096, 4_097, 200_000};
    Float[] factors = Arrays.copyOf(ONES, random.nextInt(40) > 0 ? 2 : lengths[random.nextInt(6)]);
    if (factors.length > 0) {
      factors[random.nextInt(factors.length)] = real(random);
    }
    return Row.of(
        "shop",
        random.nextBoolean() ? "ITEM" : random.nextInt(9) > 0 ? "USER" : id("", random),
        id("a", random),
        random.nextInt(30) == 0 ? null : factors,
        real(random),
        number(random),
        1L,
        id("a", random),
        id("type", random));
  }

  private static Row pair(Random random) {
    return Row.of(
        "i0",
        random.nextInt(3) == 0 ? "i0" : id("i", random),
        real(random),
        real(random),
        number(random));
  }

  /** From 1970 on a timer fired for each half-life, 20,000 of them before the next row. */
  @Test
  void aRowOfLongAgoMakesNoTimerForEachDaySince() throws Throwable {
    PtfDriver driver = new PtfDriver(new TrendingTableFunction(), Map.of("input", INTERACTIONS));
    driver.row("input", Row.of("shop", "u", "a", "view", 1.0), 0);
    driver.row("input", Row.of("shop", "u", "b", "view", 1.0), NOW);
    driver.advance(NOW);

    assertThat(driver.fired()).isLessThan(5);
    assertThat(driver.output()).containsExactly(Row.of(1, "b", 1.0), Row.of(2, "a", 0.0));
  }

  @Test
  void vectors() {
    Fuzz.run(
        "vectors of DOT and COSINE",
        2_000,
        random -> List.of(vector(random), vector(random)),
        both -> {
          Float[] a = both.get(0).length == 4 ? null : both.get(0);
          Float[] b = both.get(1).length == 4 ? null : both.get(1);
          Float dot = new DotFunction().eval(a, b);
          Float cosine = new CosineFunction().eval(a, b);
          boolean fit =
              a != null
                  && b != null
                  && a.length == b.length
                  && !Arrays.asList(a).contains(null)
                  && !Arrays.asList(b).contains(null);
          assertThat(dot != null).isEqualTo(fit);
          if (cosine != null) {
            assertThat(fit).isTrue();
            assertThat(cosine).isBetween(-1f, 1f);
          }
          return fit;
        });
  }

  private static Float[] vector(Random random) {
    Float[] vector = Arrays.copyOf(ONES, random.nextInt(200) == 0 ? 100_000 : random.nextInt(5));
    if (vector.length > 0) {
      vector[random.nextInt(vector.length)] = real(random);
    }
    return vector;
  }
}
