/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.session.Session;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.pipeline.RecommendationStreams;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import io.github.flinkrecsys.operators.replica.ReplicaScope;
import io.github.flinkrecsys.operators.replica.ReplicaSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A recommender over a generated stream, watched at every output. */
final class TestShop {
  static final int USERS = 40;
  static final int ITEMS = 120;

  /** Pause after which a session ends: users come every 40 s on average, so many do. */
  static final long GAP_MILLIS = 60_000;

  private static final int TASTES = 4;
  private static final int REFUSED_EVERY = 50;
  private static final String REFUSED = "refused-";

  /** The first is in the year 2099. */
  private static final long[] STRAY_TIMES = {4_070_908_800_000L, Long.MAX_VALUE, -1};

  private static final String NAME = "shop";
  static final FactorConfig FACTORS = FactorConfig.pairwise().factors(8).negatives(3).build();
  private static final NeighborConfig NEIGHBORS = NeighborConfig.builder().build();
  private static final SessionIndexConfig SESSIONS =
      SessionIndexConfig.builder().sessionsPerItem(100).build();
  private static final CatalogConfig CATALOG = CatalogConfig.builder().build();
  private static final GraphConfig GRAPH = GraphConfig.builder().build();

  private TestShop() {}

  /**
   * The event of a number: nine in ten are with an item of the user's taste, and one in fifty must
   * be refused, for it has no user or an impossible time.
   */
  static Interaction event(long seed, long number) {
    long at = 1_000 * number;
    if (number % REFUSED_EVERY == 7) {
      return refused(number);
    }
    long bits = Hashes.mix(seed * 1_000_003 + number);
    int user = Hashes.below(bits, USERS);
    long more = Hashes.mix(bits);
    int item = (int) (ITEMS * Math.pow(Hashes.unit(more), 2));
    if (Hashes.unit(Hashes.mix(more)) < 0.9) {
      item = item - item % TASTES + user % TASTES;
    }
    return Interaction.click("u" + user, "i" + item, at);
  }

  private static Interaction refused(long number) {
    String item = REFUSED + number;
    int kind = (int) (number / REFUSED_EVERY % (STRAY_TIMES.length + 1));
    return kind == STRAY_TIMES.length
        ? Interaction.click(null, item, 1_000 * number)
        : Interaction.click("u1", item, STRAY_TIMES[kind]);
  }

  static boolean isRefused(Interaction event) {
    return event.itemId().startsWith(REFUSED);
  }

  static long numberOf(Interaction event) {
    return isRefused(event)
        ? Long.parseLong(event.itemId().substring(REFUSED.length()))
        : event.timestampMillis() / 1_000;
  }

  /** The model's settings, for a reader beside the recommender's own. */
  static ReplicaSettings replica(ReplicaScope scope) {
    return ModelSettings.builder(NAME)
        .factors(FACTORS)
        .neighbors(NEIGHBORS)
        .sessionIndex(SESSIONS)
        .catalog(CATALOG)
        .graph(GRAPH)
        .popularityHalfLife(Duration.ZERO)
        .scope(scope)
        .build()
        .replica();
  }

  /** Adds the job; {@code life} counts its submissions. */
  static void build(
      StreamExecutionEnvironment env,
      long seed,
      int events,
      ReplicaScope scope,
      FaultPlan plan,
      int life) {
    build(interactions(env, seed, events, plan, life), scope, plan, life);
  }

  /** Adds all behind the source. */
  static RecommendationStreams build(
      DataStream<Interaction> interactions, ReplicaScope scope, FaultPlan plan, int life) {
    RecommendationStreams streams =
        Recsys.builder(NAME)
            .factors(FACTORS)
            .neighbors(NEIGHBORS)
            .sessionIndex(SESSIONS)
            .catalog(CATALOG)
            .graph(GRAPH)
            // What the graph holds is compared, not what the walks find.
            .ranking(
                RankingConfig.builder().graphWalk(WalkConfig.builder().steps(10).build()).build())
            .popularityHalfLife(Duration.ZERO)
            .scope(scope)
            .evaluation(EvaluationConfig.of(10, Duration.ofMinutes(5)))
            .sessions(SessionConfig.builder().gap(Duration.ofMillis(GAP_MILLIS)).build())
            .withUserFactors()
            .build()
            .apply(interactions);
    Watch.add(
        streams.itemFactors(),
        plan,
        life,
        "items",
        Fault.Kind.ITEM_TASK,
        f -> f.itemId(),
        f -> rowText(f.updates(), f.factors(), f.bias()));
    LastValue.add(
        streams.itemFactors(),
        plan,
        life,
        "owners",
        f -> f.itemId(),
        f -> rowText(f.updates(), f.factors(), f.bias()));
    OwnersNow.add(streams.itemFactors(), plan, life);
    Watch.add(
        streams.userFactors(), plan, life, "users", null, f -> f.userId(), f -> "" + f.steps());
    Watch.add(
        streams.popularity(),
        plan,
        life,
        "popularity",
        null,
        p -> p.itemId(),
        p -> "" + Math.round(p.count()));
    Watch.add(streams.sessions(), plan, life, "sessions", null, s -> sessionText(s), s -> "1");
    Watch.add(streams.lateInteractions(), plan, life, "late", null, i -> "" + i, i -> "1");
    Watch.add(streams.deadLetters(), plan, life, "refused", null, d -> d.record(), d -> "1");
    Watch.add(
        streams.evaluation(),
        plan,
        life,
        "evaluation",
        null,
        r -> r.source() + (r.total() ? "" : " window"),
        r -> r.scored() + " " + r.recall());
    Watch.add(
        streams.recommendations(),
        plan,
        life,
        "lists",
        Fault.Kind.LIST_TASK,
        TestShop::listKey,
        TestShop::itemsText);
    streams
        .recommendations()
        .broadcast()
        .process(new ReplicaProbe(plan, life, replica(scope)))
        .name("probe")
        .uid("probe");
    return streams;
  }

  private static DataStream<Interaction> interactions(
      StreamExecutionEnvironment env, long seed, int events, FaultPlan plan, int life) {
    return one(
        "watermarks",
        one(
                "gate",
                source(env, "events", number -> event(seed, number), events, 2_000)
                    .map(new Gate(plan, life)))
            .assignTimestampsAndWatermarks(
                InteractionWatermarks.of(Duration.ZERO, Duration.ofMinutes(1))));
  }

  static SingleOutputStreamOperator<Interaction> source(
      StreamExecutionEnvironment env,
      String name,
      GeneratorFunction<Long, Interaction> events,
      long count,
      double perSecond) {
    DataGeneratorSource<Interaction> source =
        new DataGeneratorSource<>(
            events,
            count,
            RateLimiterStrategy.perSecond(perSecond),
            TypeInformation.of(Interaction.class));
    return one(name, env.fromSource(source, WatermarkStrategy.noWatermarks(), name));
  }

  static <T> SingleOutputStreamOperator<T> one(String name, SingleOutputStreamOperator<T> stream) {
    return stream.setParallelism(1).name(name).uid(name);
  }

  /** Count, then the vector, then the bias. */
  static String rowText(long count, float[] factors, float bias) {
    StringBuilder text = new StringBuilder().append(count);
    for (float factor : factors) {
      text.append(' ').append(factor);
    }
    return text.append(' ').append(bias).toString();
  }

  static String sessionText(Session<Interaction> session) {
    String items =
        Arrays.stream(session.events()).map(Interaction::itemId).collect(Collectors.joining(","));
    return sessionText(session.userId(), session.startMillis(), session.endMillis(), items);
  }

  static String sessionText(String userId, long startMillis, long endMillis, String items) {
    return userId + " " + startMillis + " " + endMillis + " " + items;
  }

  static String listKey(RecommendationList list) {
    return list.userId() + "@" + list.generatedAtMillis();
  }

  private static String itemsText(RecommendationList list) {
    return Arrays.stream(list.items()).map(item -> item.itemId()).collect(Collectors.joining(","));
  }
}
