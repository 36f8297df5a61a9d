/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static io.github.flinkrecsys.sql.SqlSession.interaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.sql.factorization.FactorizeTableFunction;
import io.github.flinkrecsys.sql.factorization.ItemState;
import io.github.flinkrecsys.sql.ranking.TopKTableFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows that a function of this library did not make, or that lost something on their way through a
 * topic, are passed over.
 */
class BadRowsTest {
  private static SqlSession session() {
    return new SqlSession()
        .interactions(
            "events",
            List.of(
                interaction("u1", "a", "view", 1_000),
                interaction("u2", "bad", "view", 2_000),
                interaction("u2", "c", "view", 3_000),
                interaction("u1", "c", "view", 4_000),
                interaction("u3", "a", "view", 5_000)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id | CAST(NULL AS STRING)",
        "factors | CAST(NULL AS ARRAY<FLOAT>)",
        "factors | ARRAY[CAST(1 AS FLOAT)]",
        "factors | ARRAY[CAST(1 AS FLOAT), CAST(2 AS FLOAT), CAST(3 AS FLOAT), CAST(4 AS FLOAT), CAST(5 AS FLOAT)]",
        "factors | ARRAY[CAST(1 AS FLOAT), CAST(2 AS FLOAT), CAST(3 AS FLOAT), CAST(NULL AS FLOAT)]",
        "bias | CAST(NULL AS FLOAT)",
        "popularity | CAST(NULL AS DOUBLE)"
      })
  void topKPassesOverAnItemThatIsNone(String column, String value) throws Exception {
    SqlSession session = session();
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW learned AS SELECT * FROM FACTORIZE(input => TABLE events"
                + " PARTITION BY shop, on_time => DESCRIPTOR(ts), factors => 4, uid => 'factors')");
    List<String> columns = new ArrayList<>();
    for (String name :
        List.of("shop", "side", "id", "factors", "bias", "popularity", "item_id", "event_type")) {
      columns.add(
          name.equals(column)
              ? "CASE WHEN id = 'bad' THEN " + value + " ELSE " + name + " END AS " + name
              : name);
    }
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW factors AS SELECT "
                + String.join(", ", columns)
                + ", rowtime AS ts FROM learned");

    List<Row> rows =
        session.query(
            "SELECT user_id, items FROM TOP_K(input => TABLE factors PARTITION BY shop,"
                + " on_time => DESCRIPTOR(ts), uid => 'top-k')");

    assertThat(rows).hasSize(5);
    assertThat(rows.get(4).getField(0)).isEqualTo("u3");
    assertThat(Arrays.stream(rows.get(4).<Row[]>getFieldAs(1)).map(item -> item.getField(0)))
        .containsExactly("c");
  }

  @Test
  void pairsWithoutItemsOrWeightsArePassedOver() throws Exception {
    SqlSession session = session();
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW pairs AS SELECT"
                + " CASE WHEN item_id = 'bad' THEN CAST(NULL AS STRING) ELSE item_id END AS item_id,"
                + " item_id AS neighbor_id,"
                + " CASE WHEN item_id = 'c' THEN CAST(NULL AS FLOAT) ELSE CAST(1 AS FLOAT) END"
                + " AS forward, CAST(0 AS FLOAT) AS backward, ts FROM events");
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW counted AS SELECT * FROM ITEM_COUNTS(input => TABLE pairs"
                + " PARTITION BY neighbor_id, on_time => DESCRIPTOR(ts), uid => 'counts')");

    assertThat(session.query("SELECT item_id FROM counted"))
        .containsExactly(Row.of("a"), Row.of("a"));
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW uncounted AS SELECT item_id, neighbor_id, forward, backward,"
                + " CAST(NULL AS DOUBLE) AS neighbor_count, rowtime AS ts FROM counted");
    assertThat(
            session.query(
                "SELECT item_id FROM ITEM_NEIGHBORS(input => TABLE uncounted"
                    + " PARTITION BY item_id, on_time => DESCRIPTOR(ts), uid => 'neighbors')"))
        .isEmpty();
  }

  @Test
  void listsOfNullAreJudgedAsListsWithoutTheItem() throws Exception {
    SqlSession session = session();
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW lists AS SELECT user_id, ts, CASE WHEN item_id = 'a'"
                + " THEN CAST(NULL AS ARRAY<ROW<item_id STRING>>)"
                + " ELSE ARRAY[CAST(NULL AS ROW<item_id STRING>), ROW('c')] END AS items"
                + " FROM events");

    assertThat(
            session.query(
                "SELECT item_id, place FROM PREQUENTIAL(input => TABLE events PARTITION BY user_id,"
                    + " lists => TABLE lists PARTITION BY user_id, on_time => DESCRIPTOR(ts),"
                    + " uid => 'judge')"))
        .containsExactlyInAnyOrder(Row.of("c", 2), Row.of("c", null));
  }

  /** Fewer factors would else be the first of the old ones, with the next for a bias. */
  @Test
  void anotherNumberOfFactorsThanTheStateHasIsRefused() throws Exception {
    MapView<String, UserFactors> users = new MapView<>();
    MapView<String, ItemState> items = new MapView<>();
    learn(users, items, "u1", 8);

    for (int factors : new int[] {4, 16}) {
      assertThatThrownBy(() -> learn(users, items, "u2", factors))
          .hasMessage("factors must be what the state was written with, 8, got " + factors);
    }
  }

  /** After a restart the partition is known by its state alone. */
  @Test
  void topKPassesOverOtherNumbersOfFactorsThanItsStateHas() throws Exception {
    MapView<String, ItemState> items = new MapView<>();
    TopKTableFunction before = topK();
    rank(before, items, "USER", "u", 5);
    rank(before, items, "ITEM", "a", 2);
    TopKTableFunction after = topK();
    rank(after, items, "ITEM", "b", 3);
    rank(after, items, "ITEM", "c", 2);

    assertThat(items.getMap().keySet()).containsExactlyInAnyOrder("a", "c");
  }

  private static TopKTableFunction topK() {
    TopKTableFunction function = new TopKTableFunction();
    function.open(PtfContext.FUNCTION);
    function.setCollector(new ListCollector<>(new ArrayList<>()));
    return function;
  }

  private static void rank(
      TopKTableFunction function,
      MapView<String, ItemState> items,
      String side,
      String id,
      int factors)
      throws Exception {
    Float[] values = new Float[factors];
    Arrays.fill(values, 1f);
    function.eval(
        PtfContext.factors(1_000),
        items,
        new MapView<>(),
        new MapView<>(),
        Row.of("shop", side, id, values, 0f, 1.0, 1L, "a", "view"),
        null,
        null,
        null,
        null);
  }

  private static void learn(
      MapView<String, UserFactors> users,
      MapView<String, ItemState> items,
      String userId,
      int factors)
      throws Exception {
    FactorizeTableFunction function = new FactorizeTableFunction();
    function.open(PtfContext.FUNCTION);
    function.setCollector(new ListCollector<>(new ArrayList<>()));
    function.eval(
        PtfContext.interactions(1_000),
        users,
        items,
        Row.of("shop", userId, "i"),
        null,
        factors,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
