/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static io.github.flinkrecsys.sql.SqlSession.interaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments as people write them, and messages that name them as SQL does. */
class ArgumentsTest {
  private static SqlSession session() {
    return new SqlSession()
        .interactions(
            "events",
            List.of(
                interaction("u", "a", "view", 0),
                interaction("u", "b", "view", 1_000),
                interaction("u", "a", "view", 2_000)));
  }

  private static String factorize(String arguments) {
    return "SELECT factors FROM FACTORIZE(input => TABLE events PARTITION BY shop,"
        + " on_time => DESCRIPTOR(ts), factors => 2"
        + arguments
        + ") WHERE side = 'USER'";
  }

  private static List<String> factors(String arguments) throws Exception {
    return session().query(factorize(arguments)).stream()
        .map(row -> Arrays.toString(row.<Float[]>getFieldAs(0)))
        .toList();
  }

  @Test
  void numbersAreTakenAsPeopleWriteThem() throws Exception {
    List<String> defaults = factors("");

    assertThat(defaults).hasSize(3);
    assertThat(factors(", learning_rate => 0.08, regularization => 0.015, seed => 42"))
        .isEqualTo(defaults);
    assertThat(factors(", learning_rate => 0.2")).hasSize(3).isNotEqualTo(defaults);
    assertThat(factors(", regularization => 0.0")).hasSize(3).isNotEqualTo(defaults);
    assertThat(factors(", seed => -7")).hasSize(3).isNotEqualTo(defaults);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "learning_rate => 5.5 | learning_rate must be in (0.0, 1.0], got 5.5",
        "learning_rate => -0.1 | learning_rate must be in (0.0, 1.0], got -0.1",
        "learning_rate => 1 | learning_rate must be a number with a decimal point, for example 1.0, got INT",
        "learning_rate => 5e-2 | learning_rate must be a number with a decimal point, for example 1.0, got DOUBLE",
        "regularization => RAND() | regularization must be a literal, got an expression",
        "negatives => 2 + 4 | negatives must be a literal, got an expression"
      })
  void wrongNumbersFailTheStatement(String argument, String message) {
    assertThatThrownBy(() -> session().query(factorize(", " + argument)))
        .hasStackTraceContaining("FACTORIZE: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SESSIONIZE | max_length => 0 | max_length must be positive, got 0",
        "SESSIONIZE | max_length => 20000 | max_buffered must be at least max_length (20000), got 10000",
        "SESSIONIZE | max_duration => INTERVAL '0' SECOND | max_duration must be between",
        "ITEM_PAIRS | recent_window => 0 | recent_window must be between 1 and 1000, got 0"
      })
  void messagesNameArgumentsAsSqlDoes(String function, String argument, String message) {
    assertThatThrownBy(
            () ->
                session()
                    .query(
                        "SELECT * FROM "
                            + function
                            + "(input => TABLE events PARTITION BY user_id,"
                            + " on_time => DESCRIPTOR(ts), "
                            + argument
                            + ")"))
        .hasStackTraceContaining(function + ": " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_seen => -1 | max_seen must be between 0 and 1000000, got -1",
        "neighbors => 10001 | neighbors must be between 0 and 10000, got 10001"
      })
  void messagesOfTopKDoSo(String argument, String message) {
    SqlSession session = session();
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW factors AS SELECT * FROM FACTORIZE("
                + "input => TABLE events PARTITION BY shop, on_time => DESCRIPTOR(ts))");

    assertThatThrownBy(
            () ->
                session.query(
                    "SELECT * FROM TOP_K(input => TABLE factors PARTITION BY shop,"
                        + " on_time => DESCRIPTOR(rowtime), "
                        + argument
                        + ")"))
        .hasStackTraceContaining("TOP_K: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k => 1001 | k must be between 1 and 1000, got 1001",
        "max_neighbors => 0 | max_neighbors must be between 1 and 10000, got 0"
      })
  void messagesOfItemNeighborsDoSo(String argument, String message) {
    SqlSession session = session();
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW counted AS SELECT item_id, item_id AS neighbor_id,"
                + " CAST(1 AS FLOAT) AS forward, CAST(0 AS FLOAT) AS backward,"
                + " CAST(1 AS DOUBLE) AS neighbor_count, ts FROM events");

    assertThatThrownBy(
            () ->
                session.query(
                    "SELECT * FROM ITEM_NEIGHBORS(input => TABLE counted PARTITION BY item_id,"
                        + " on_time => DESCRIPTOR(ts), "
                        + argument
                        + ")"))
        .hasStackTraceContaining("ITEM_NEIGHBORS: " + message);
  }
}
