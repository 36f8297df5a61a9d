/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.neighbor.SimilarItems;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.session.Session;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.operators.factorization.FlushSettings;
import io.github.flinkrecsys.operators.factorization.ItemFactor;
import io.github.flinkrecsys.operators.factorization.ModelRow;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.feature.ItemPopularity;
import io.github.flinkrecsys.operators.feature.TrendingList;
import io.github.flinkrecsys.operators.pipeline.OfflineModels;
import io.github.flinkrecsys.operators.pipeline.RecommendationStreams;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import io.github.flinkrecsys.operators.replica.ReplicaScope;
import io.github.flinkrecsys.operators.replica.ReplicaSettings;
import io.github.flinkrecsys.operators.testing.Collected;
import io.github.flinkrecsys.operators.testing.JobSettings;
import io.github.flinkrecsys.savepoints.SavepointContents;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job of the kept savepoints, with all state that the library has: a recommender with
 * everything that {@link Recsys} wires, one that still waits for its first model, and {@link
 * KeptFunctions those that it does not wire}. Nothing but the library's functions has state in it.
 */
final class KeptJob {
  static final String SHOP = "shop";
  static final String WAITING = "waiting";

  static final Duration WINDOW = Duration.ofMinutes(4);
  static final FactorConfig FACTORS =
      FactorConfig.pairwise().factors(KeptEvents.FACTORS).negatives(3).build();
  static final GraphConfig GRAPH =
      GraphConfig.builder().window(Duration.ofDays(1)).edgesPerUser(10).edgesPerItem(10).build();
  static final WalkConfig WALK = WalkConfig.builder().steps(200).maxLength(2).build();
  static final int NEIGHBORS_PER_ITEM = 30;
  static final EvaluationConfig EVALUATION = EvaluationConfig.of(10, WINDOW);

  private static final NeighborConfig NEIGHBORS = NeighborConfig.builder().build();
  private static final SessionIndexConfig SESSIONS =
      SessionIndexConfig.builder().sessionsPerItem(20).build();
  private static final CatalogConfig CATALOG = CatalogConfig.builder().build();

  /** Opened when all that was asked after the restore was answered. */
  private static final AtomicBoolean IS_ANSWERED = new AtomicBoolean();

  final Collected<RecommendationList> lists;
  final Collected<UserFactor> users;
  final Collected<ItemFactor> items;
  final Collected<ItemPopularity> popularity;
  final Collected<TrendingList> trending;
  final Collected<SimilarItems> neighbors;
  final Collected<Session<Interaction>> sessions;
  final Collected<EvaluationResult> evaluation;
  final Collected<UserFactor> waitingUsers;
  final KeptFunctions functions;

  /**
   * Builds the job.
   *
   * @param directory where it writes what its replica holds in the end
   * @param isWritten whether it stops before the savepoint, with something pending everywhere;
   *     otherwise it goes on from there to the end
   */
  KeptJob(StreamExecutionEnvironment env, Path directory, boolean isWritten) {
    IS_ANSWERED.set(false);
    FaultPlan plan = new FaultPlan(directory.toString(), List.of());
    DataStream<Long> numbers = numbers(env, isWritten);
    DataStream<Interaction> interactions =
        of(numbers, "interactions", Interaction.class, KeptEvents::interaction);
    DataStream<RecommendationRequest> requests =
        of(numbers, "requests", RecommendationRequest.class, KeptEvents::request);
    DataStream<ItemMetadata> metadata =
        of(numbers, "metadata", ItemMetadata.class, KeptEvents::metadata);

    RecommendationStreams shop =
        recommender(SHOP, isWritten)
            .build()
            .apply(
                interactions,
                requests,
                metadata,
                OfflineModels.NONE.withNewerRows(
                    of(numbers, "model", ModelRow.class, KeptEvents::modelRow)));
    lists = Collected.of(shop.recommendations(), "lists");
    users = Collected.of(shop.userFactors(), "users");
    items = Collected.of(shop.itemFactors(), "items");
    popularity = Collected.of(shop.popularity(), "popularity");
    trending =
        Collected.of(shop.trending(KeptEvents.ITEMS, Duration.ofMillis(50)), "trending-lists");
    neighbors = Collected.of(shop.itemNeighbors(NEIGHBORS_PER_ITEM), "neighbors");
    sessions = Collected.of(shop.sessions(), "sessions");
    evaluation = Collected.of(shop.evaluation(), "evaluation");
    Watch.add(
        shop.itemFactors(),
        plan,
        0,
        "owners",
        null,
        f -> f.itemId(),
        f ->
            TestShop.rowText(
                KeptEvents.countInReplica(f.itemId(), f.updates()), f.factors(), f.bias()));
    shop.recommendations()
        .broadcast()
        .process(new ReplicaProbe(plan, 0, replica()))
        .name("probe")
        .uid("probe");

    RecommendationStreams waiting =
        recommender(WAITING, isWritten)
            .build()
            .apply(
                interactions,
                null,
                null,
                OfflineModels.NONE.withInitialRows(
                    of(numbers, "awaited-model", ModelRow.class, KeptEvents::awaitedRow)));
    waitingUsers = Collected.of(waiting.userFactors(), "waiting-users");
    functions = new KeptFunctions(numbers, interactions, requests, replica(), flush(isWritten));
  }

  /** Uids of the job, for {@link SavepointContents}. */
  static Map<String, String> uids(Path directory) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.strict());
    new KeptJob(env, directory, false);
    return SavepointContents.uids(env);
  }

  static void goOn() {
    IS_ANSWERED.set(true);
  }

  private static Recsys.Builder recommender(String name, boolean isWritten) {
    return Recsys.builder(name)
        .factors(FACTORS)
        .neighbors(NEIGHBORS)
        .sessionIndex(SESSIONS)
        .catalog(CATALOG)
        .graph(GRAPH)
        .ranking(RankingConfig.builder().graphWalk(WALK).build())
        .popularityHalfLife(Duration.ZERO)
        .scope(ReplicaScope.SUBTASK)
        .flush(flush(isWritten))
        .evaluation(EVALUATION)
        .sessions(SessionConfig.builder().gap(Duration.ofMillis(TestShop.GAP_MILLIS)).build())
        .withUserFactors();
  }

  /** Before the savepoint never by time, so what is pending depends on the events alone. */
  private static FlushSettings flush(boolean isWritten) {
    return isWritten ? new FlushSettings(16, Duration.ofHours(10)) : FlushSettings.DEFAULT;
  }

  private static ReplicaSettings replica() {
    return ModelSettings.builder(SHOP)
        .factors(FACTORS)
        .neighbors(NEIGHBORS)
        .sessionIndex(SESSIONS)
        .catalog(CATALOG)
        .graph(GRAPH)
        .popularityHalfLife(Duration.ZERO)
        .scope(ReplicaScope.SUBTASK)
        .build()
        .replica();
  }

  /** A source that waits for a checkpoint, unlike one that stands still, lets it through. */
  private static DataStream<Long> numbers(StreamExecutionEnvironment env, boolean isWritten) {
    DataGeneratorSource<Long> source =
        new DataGeneratorSource<>(
            number -> number,
            KeptEvents.END,
            isWritten
                ? RateLimiterStrategy.perCheckpoint(KeptEvents.CUT)
                : RateLimiterStrategy.perSecond(2_000),
            Types.LONG);
    DataStream<Long> gated =
        TestShop.one(
            "gate",
            TestShop.one(
                    "numbers", env.fromSource(source, WatermarkStrategy.noWatermarks(), "numbers"))
                .map(KeptJob::awaitAnswers)
                .returns(Types.LONG));
    return TestShop.one(
        "watermarks",
        gated.assignTimestampsAndWatermarks(
            WatermarkStrategy.<Long>forGenerator(context -> new WatermarkPerNumber())
                .withTimestampAssigner((number, ignored) -> 1_000 * number)));
  }

  /** Not by the clock, so that timers fire between the same events in every run. */
  private static final class WatermarkPerNumber implements WatermarkGenerator<Long> {
    @Override
    public void onEvent(Long number, long timestamp, WatermarkOutput output) {
      output.emitWatermark(new Watermark(timestamp - KeptEvents.OUT_OF_ORDER_MILLIS - 1));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }

  private static Long awaitAnswers(Long number) throws InterruptedException {
    while (number == KeptEvents.SWEEP && !IS_ANSWERED.get()) {
      Thread.sleep(5);
    }
    return number;
  }

  /** A record of a number, or null. */
  interface OfNumber<T> extends Serializable {
    T of(long number);
  }

  static <T> DataStream<T> of(
      DataStream<Long> numbers, String name, Class<T> type, OfNumber<T> function) {
    FlatMapFunction<Long, T> some =
        (number, out) -> {
          T record = function.of(number);
          if (record != null) {
            out.collect(record);
          }
        };
    return TestShop.one(name, numbers.flatMap(some).returns(TypeInformation.of(type)));
  }
}
