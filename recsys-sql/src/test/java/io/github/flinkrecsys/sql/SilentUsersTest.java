/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static io.github.flinkrecsys.sql.SqlSession.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** A year of event time without a row, and the user is forgotten. */
class SilentUsersTest {
  private static final long DAY = 86_400_000;
  private static final String FACTORS =
      "FACTORIZE(input => TABLE events PARTITION BY shop, on_time => DESCRIPTOR(ts),"
          + " factors => 4, uid => 'factors')";

  private static SqlSession events() {
    return new SqlSession()
        .interactions(
            "events",
            List.of(
                interaction("silent", "a", "view", 0),
                interaction("faithful", "b", "view", 0),
                interaction("faithful", "c", "view", 300 * DAY),
                interaction("other", "d", "view", 366 * DAY),
                interaction("silent", "d", "view", 367 * DAY),
                interaction("faithful", "d", "view", 368 * DAY)));
  }

  @Test
  void factorsOfASilentUserStartAgain() throws Exception {
    List<Row> rows =
        events().query("SELECT id, steps FROM " + FACTORS + " WHERE side = 'USER' AND steps > 0");

    assertThat(rows.stream().map(row -> row.getField(0) + " " + row.getField(1)))
        .containsExactly(
            "silent 1", "faithful 1", "faithful 2", "other 1", "silent 1", "faithful 3");
  }

  @Test
  void whatASilentUserHasSeenIsRecommendedAgain() throws Exception {
    SqlSession session = events();
    session.tables().executeSql("CREATE TEMPORARY VIEW factors AS SELECT * FROM " + FACTORS);
    List<Row> rows =
        session.query(
            "SELECT user_id, items FROM TOP_K(input => TABLE factors PARTITION BY shop,"
                + " on_time => DESCRIPTOR(rowtime), uid => 'top-k')");

    Row last = rows.get(rows.size() - 1);
    Row secondOfSilent = rows.get(rows.size() - 2);
    assertThat(last.getField(0)).isEqualTo("faithful");
    assertThat(items(last)).containsExactlyInAnyOrder("a");
    assertThat(secondOfSilent.getField(0)).isEqualTo("silent");
    assertThat(items(secondOfSilent)).containsExactlyInAnyOrder("a", "b", "c");
  }

  private static List<Object> items(Row list) {
    return Arrays.stream(list.<Row[]>getFieldAs(1)).map(item -> item.getField(0)).toList();
  }
}
