/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static io.github.flinkrecsys.sql.SqlSession.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class RecommenderSqlTest {
  private static final long SEED = 7;

  @Test
  void recommendationsAreThoseOfTheDataStreamJob() throws Exception {
    List<Interaction> events = events(600);
    SqlSession session = session(events);

    List<Row> rows =
        session.query(
            "SELECT * FROM TOP_K(input => TABLE factors PARTITION BY shop,"
                + " on_time => DESCRIPTOR(rowtime), k => 5, neighbors => 20, uid => 'top-k')");

    List<RecommendationList> lists = dataStreamJob(events);
    assertThat(lists).hasSize(events.size());
    assertThat(rows.stream().map(RecommenderSqlTest::text))
        .as("seed %d", SEED)
        .containsExactlyElementsOf(lists.stream().map(RecommenderSqlTest::text).toList());
  }

  @Test
  void listsAreJudgedInSqlByWhatCameNext() throws Exception {
    List<Interaction> events = events(150);
    SqlSession session = session(events);
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW served AS SELECT user_id, items, rowtime AS ts FROM TOP_K("
                + "input => TABLE factors PARTITION BY shop, on_time => DESCRIPTOR(rowtime))");
    List<Row> windows =
        session.query(
            "SELECT COUNT(*), AVG(recall) FROM PREQUENTIAL("
                + "input => TABLE events PARTITION BY user_id,"
                + " lists => TABLE served PARTITION BY user_id, on_time => DESCRIPTOR(ts))"
                + " GROUP BY TUMBLE(rowtime, INTERVAL '1' DAY)");

    // Every interaction but each user's first comes after a list.
    long users = events.stream().map(Interaction::userId).distinct().count();
    assertThat(windows).hasSize(1);
    assertThat(windows.get(0).getField(0)).isEqualTo(events.size() - users);
    assertThat((double) windows.get(0).getFieldAs(1)).isBetween(0.01, 0.99);
  }

  private static SqlSession session(List<Interaction> events) {
    SqlSession session =
        new SqlSession()
            .interactions(
                "events",
                events.stream()
                    .map(e -> interaction(e.userId(), e.itemId(), e.type(), e.timestampMillis()))
                    .toList());
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW factors AS SELECT * FROM FACTORIZE("
                + "input => TABLE events PARTITION BY shop, on_time => DESCRIPTOR(ts),"
                + " factors => 16, uid => 'factors')");
    return session;
  }

  private static List<Interaction> events(int count) {
    Random random = new Random(SEED);
    List<Interaction> events = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      int user = random.nextInt(30);
      int item = (user % 3) * 20 + (int) (20 * random.nextDouble() * random.nextDouble());
      events.add(new Interaction("u" + user, "i" + item, "view", 1, 1_000_000L + n * 5_000L));
    }
    return events;
  }

  private static List<RecommendationList> dataStreamJob(List<Interaction> events) throws Exception {
    StreamExecutionEnvironment environment = SqlSession.environment(new Configuration(), 1);
    var interactions =
        environment
            .fromData(events, TypeInformation.of(Interaction.class))
            .uid("events")
            .assignTimestampsAndWatermarks(
                InteractionWatermarks.of(Duration.ofSeconds(5), Duration.ofMinutes(1)))
            .uid("watermarks");
    var lists =
        Recsys.builder("shop")
            .factors(FactorConfig.pairwise().factors(16).build())
            .neighbors(NeighborConfig.builder().maxNeighbors(20).build())
            .sessionIndex(SessionIndexConfig.NONE)
            .catalog(CatalogConfig.NONE)
            .ranking(
                RankingConfig.builder().k(5).blend(BlendConfig.builder().fixed().build()).build())
            .withoutEvaluation()
            .build()
            .apply(interactions)
            .recommendations();
    List<RecommendationList> found = new ArrayList<>();
    try (CloseableIterator<RecommendationList> iterator = lists.executeAndCollect()) {
      iterator.forEachRemaining(found::add);
    }
    return found;
  }

  private static String text(RecommendationList list) {
    StringBuilder text = new StringBuilder(list.userId() + " " + list.policy());
    for (ScoredItem item : list.items()) {
      text.append(", ").append(item.itemId()).append(' ').append(item.score());
      text.append(' ').append(item.source()).append(' ').append(item.becauseItemId());
    }
    return text.toString();
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder(row.getField("user_id") + " " + row.getField("policy"));
    for (Row item : row.<Row[]>getFieldAs("items")) {
      for (int i = 0; i < 4; i++) {
        text.append(i == 0 ? ", " : " ").append(item.getField(i));
      }
    }
    return text.toString();
  }
}
