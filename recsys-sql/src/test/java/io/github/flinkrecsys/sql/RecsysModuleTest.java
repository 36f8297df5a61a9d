/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static io.github.flinkrecsys.sql.SqlSession.interaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class RecsysModuleTest {
  @Test
  void oneStatementBringsAllFunctions() throws Exception {
    SqlSession session = new SqlSession();

    assertThat(session.tables().listFunctions()).containsAll(new RecsysModule().listFunctions());
  }

  @Test
  void vectorFunctionsGiveNullWhereThereIsNoAnswer() throws Exception {
    List<Row> rows =
        new SqlSession()
            .query(
                "SELECT DOT_PRODUCT(a, b), COSINE(a, b), `DOT`(a, c), COSINE(a, c), COSINE(a, z) FROM (VALUES ("
                    + "ARRAY[CAST(3 AS FLOAT), CAST(4 AS FLOAT)],"
                    + "ARRAY[CAST(6 AS FLOAT), CAST(8 AS FLOAT)],"
                    + "ARRAY[CAST(1 AS FLOAT)],"
                    + "ARRAY[CAST(0 AS FLOAT), CAST(0 AS FLOAT)])) AS t(a, b, c, z)");

    assertThat(rows).containsExactly(Row.of(50f, 1f, null, null, null));
  }

  /** Vectors whose squares a float cannot hold point somewhere all the same. */
  @Test
  void aCosineDoesNotDependOnTheLengthOfVectors() throws Exception {
    List<Row> rows =
        new SqlSession()
            .query(
                "SELECT COSINE(a, b), COSINE(b, c), COSINE(a, c) FROM (VALUES ("
                    + "ARRAY[CAST(3e25 AS FLOAT), CAST(4e25 AS FLOAT)],"
                    + "ARRAY[CAST(3e-30 AS FLOAT), CAST(4e-30 AS FLOAT)],"
                    + "ARRAY[CAST(-4 AS FLOAT), CAST(3 AS FLOAT)])) AS t(a, b, c)");

    assertThat(rows).hasSize(1);
    assertThat((float) rows.get(0).getFieldAs(0)).isCloseTo(1, within(1e-6f));
    assertThat((float) rows.get(0).getFieldAs(1)).isCloseTo(0, within(1e-6f));
    assertThat((float) rows.get(0).getFieldAs(2)).isCloseTo(0, within(1e-6f));
  }

  @Test
  void badCallsFailWhenTheQueryIsPlannedAndSayWhere() {
    SqlSession session =
        new SqlSession().interactions("events", List.of(interaction("u", "i", "view", 0)));

    assertThatThrownBy(
            () ->
                session.query(
                    "SELECT * FROM TRENDING(input => TABLE events PARTITION BY shop,"
                        + " on_time => DESCRIPTOR(ts), size => 0)"))
        .hasStackTraceContaining("TRENDING: size must be between 1 and 10000, got 0");
    assertThatThrownBy(
            () ->
                session.query(
                    "SELECT * FROM SESSIONIZE(input => TABLE events PARTITION BY user_id,"
                        + " on_time => DESCRIPTOR(ts), gap => INTERVAL '-5' MINUTE)"))
        .hasStackTraceContaining("SESSIONIZE: gap must be");
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW renamed AS SELECT user_id, item_id AS sku, ts FROM events");
    assertThatThrownBy(
            () ->
                session.query(
                    "SELECT * FROM SESSIONIZE(input => TABLE renamed PARTITION BY user_id,"
                        + " on_time => DESCRIPTOR(ts))"))
        .hasStackTraceContaining(
            "table argument input must have a column item_id (STRING), got the columns user_id,"
                + " sku, ts");
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW retyped AS SELECT user_id, 5 AS item_id, ts FROM events");
    assertThatThrownBy(
            () ->
                session.query(
                    "SELECT * FROM SESSIONIZE(input => TABLE retyped PARTITION BY user_id,"
                        + " on_time => DESCRIPTOR(ts))"))
        .hasStackTraceContaining("column item_id of table argument input must be STRING, got INT");
  }
}
