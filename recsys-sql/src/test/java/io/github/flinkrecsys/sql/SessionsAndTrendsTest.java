/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static io.github.flinkrecsys.sql.SqlSession.interaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class SessionsAndTrendsTest {
  private static final long MINUTE = 60_000;

  @Test
  void sessionsCloseOneGapAfterTheirLastEventAndLateOnesAreMarked() throws Exception {
    List<Row> rows =
        new SqlSession()
            .interactions(
                "events",
                List.of(
                    interaction("u1", "a", "view", 0),
                    interaction("u2", "x", "view", 5 * MINUTE),
                    interaction("u1", "b", "cart", 10 * MINUTE),
                    interaction("u1", "c", "view", 50 * MINUTE),
                    interaction("u1", "late", "view", 9 * MINUTE),
                    interaction(null, "d", "view", 51 * MINUTE)))
            .query(
                "SELECT user_id, session_start, session_end, length, item_ids, event_types, is_late"
                    + " FROM SESSIONIZE(input => TABLE events PARTITION BY user_id,"
                    + " on_time => DESCRIPTOR(ts), gap => INTERVAL '30' MINUTE, uid => 'sessions')");

    assertThat(rows)
        .containsExactlyInAnyOrder(
            session("u1", 0, 10, false, new String[] {"a", "b"}, new String[] {"view", "cart"}),
            session("u2", 5, 5, false, new String[] {"x"}, new String[] {"view"}),
            session("u1", 50, 50, false, new String[] {"c"}, new String[] {"view"}),
            session("u1", 9, 9, true, new String[] {"late"}, new String[] {"view"}));
  }

  private static Row session(
      String user, int start, int end, boolean isLate, String[] items, String[] types) {
    return Row.of(
        user,
        Instant.ofEpochMilli(start * MINUTE),
        Instant.ofEpochMilli(end * MINUTE),
        items.length,
        items,
        types,
        isLate);
  }

  @Test
  void trendsDecayPerPartitionAndAreSentOnceAMinute() throws Exception {
    List<Row> rows =
        new SqlSession()
            .interactions(
                "events",
                List.of(
                    interaction("u1", "a", "view", 0),
                    interaction("u2", "a", "view", 1_000),
                    interaction("u1", "b", "view", 10 * MINUTE),
                    interaction("u3", "b", "view", 10 * MINUTE + 1),
                    interaction("u3", "c", "view", 10 * MINUTE + 2),
                    interaction("u1", "z", "cart", 0)))
            .query(
                "SELECT event_type, place, item_id, score, rowtime FROM TRENDING("
                    + "input => TABLE events PARTITION BY event_type, on_time => DESCRIPTOR(ts),"
                    + " size => 2, half_life => INTERVAL '5' MINUTE, send_every => INTERVAL '1' MINUTE)");

    assertThat(
            rows.stream()
                .map(row -> row.getField(0) + "/" + row.getField(1) + "/" + row.getField(2)))
        .containsExactly("view/1/b", "view/2/a", "cart/1/z", "view/1/b", "view/2/c");
    // The first list has what had arrived when the watermark passed the first minute.
    assertThat((double) rows.get(0).getFieldAs(3)).isCloseTo(1, within(1e-4));
    assertThat((double) rows.get(1).getFieldAs(3)).isCloseTo(0.5, within(0.01));
    assertThat((double) rows.get(3).getFieldAs(3)).isCloseTo(2, within(1e-4));
    assertThat((Instant) rows.get(0).getFieldAs(4)).isEqualTo(Instant.ofEpochMilli(MINUTE - 1));
  }
}
