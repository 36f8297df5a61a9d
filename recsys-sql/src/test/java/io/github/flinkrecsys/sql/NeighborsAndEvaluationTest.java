/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static io.github.flinkrecsys.sql.SqlSession.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.NeighborList;
import io.github.flinkrecsys.core.neighbor.NeighborListRule;
import io.github.flinkrecsys.core.neighbor.SimilarItems;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class NeighborsAndEvaluationTest {
  private static final DecayedCount DECAY = DecayedCount.withHalfLife(Duration.ofDays(90));

  @Test
  void neighborsAreThoseOfTheRuleOfTheLibrary() throws Exception {
    SqlSession session =
        new SqlSession()
            .interactions(
                "events",
                List.of(
                    interaction("u1", "a", "view", 1_000),
                    interaction("u1", "b", "view", 2_000),
                    interaction("u2", "b", "view", 3_000),
                    interaction("u1", "c", "view", 4_000)));
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW pairs AS SELECT * FROM ITEM_PAIRS("
                + "input => TABLE events PARTITION BY user_id, on_time => DESCRIPTOR(ts))");
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW counted AS SELECT * FROM ITEM_COUNTS("
                + "input => TABLE pairs PARTITION BY neighbor_id, on_time => DESCRIPTOR(rowtime))");

    List<Row> rows =
        session.query(
            "SELECT item_id, neighbors FROM ITEM_NEIGHBORS(input => TABLE counted PARTITION BY"
                + " item_id, on_time => DESCRIPTOR(rowtime), k => 2)");

    assertThat(rows).hasSize(3);
    Row ofA = rows.stream().filter(row -> row.getField(0).equals("a")).findFirst().orElseThrow();
    SimilarItems expected = neighborsOfA();
    assertThat(Arrays.stream(ofA.<Row[]>getFieldAs(1)).map(Row::toString))
        .hasSize(2)
        .containsExactly(
            Row.of(expected.neighborIds()[0], expected.forward()[0], expected.backward()[0])
                .toString(),
            Row.of(expected.neighborIds()[1], expected.forward()[1], expected.backward()[1])
                .toString());
  }

  private static SimilarItems neighborsOfA() {
    NeighborListRule rule = new NeighborListRule(NeighborConfig.builder().build(), DECAY);
    NeighborList list = new NeighborList();
    double one = DECAY.of(1, 1_000);
    rule.add(list, new ItemPair("a", "a", 1, 0, one, 1_000));
    rule.add(list, new ItemPair("a", "b", 1, 0, DECAY.of(1, 2_000), 2_000));
    rule.add(list, new ItemPair("a", "c", 0.9f, 0, DECAY.of(1, 4_000), 4_000));
    return rule.read("a", list, 2, 4_000);
  }

  @Test
  void listsAreJudgedByWhatTheUserDidNextInWhateverOrderTheyArrive() throws Exception {
    SqlSession session =
        new SqlSession()
            .interactions(
                "events",
                List.of(
                    interaction("u1", "early", "view", 500),
                    interaction("u1", "b", "view", 2_000),
                    interaction("u2", "b", "view", 2_500),
                    interaction("u1", "z", "view", 3_000),
                    interaction("u1", "d", "view", 6_000)));
    session.interactions(
        "served",
        List.of(
            interaction("u1", "a,b,c", "list", 1_000),
            interaction("u1", "c,d", "list", 5_000),
            interaction("u1", "d", "list", 6_000)));
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW lists AS SELECT user_id, ts,"
                + " CASE WHEN item_id = 'a,b,c' THEN ARRAY[ROW('a'), ROW('b'), ROW('c')]"
                + " WHEN item_id = 'd' THEN ARRAY[ROW('d')]"
                + " ELSE ARRAY[ROW('c'), ROW('d')] END AS items FROM served");

    List<Row> rows =
        session.query(
            "SELECT item_id, place, recall, reciprocal_rank FROM PREQUENTIAL("
                + "input => TABLE events PARTITION BY user_id,"
                + " lists => TABLE lists PARTITION BY user_id,"
                + " on_time => DESCRIPTOR(ts), k => 2, uid => 'judge')");

    assertThat(rows)
        .containsExactly(
            Row.of("b", 2, 1.0, 0.5), Row.of("z", null, 0.0, 0.0), Row.of("d", 2, 1.0, 0.5));
  }
}
