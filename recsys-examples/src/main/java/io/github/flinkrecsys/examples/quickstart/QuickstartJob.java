/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.factorization.RatingScale;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.examples.serve.JobGauges;
import io.github.flinkrecsys.inference.sequence.OnnxSequenceSource;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.event.ParseFunction;
import io.github.flinkrecsys.operators.pipeline.OfflineModels;
import io.github.flinkrecsys.operators.pipeline.RecommendationStreams;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The graph of the main job: source, recommender, totals. */
final class QuickstartJob {
  private final QuickstartOptions options;
  private final LivePage page;

  /** Makes the job; with a page, or null. */
  QuickstartJob(QuickstartOptions options, LivePage page) {
    this.options = options;
    this.page = page;
  }

  StreamExecutionEnvironment build() {
    StreamExecutionEnvironment env = options.job().environment(configuration());
    DataStream<Interaction> interactions = interactions(env);

    RecommendationStreams streams =
        Recsys.builder("quickstart")
            .factors(FactorConfig.pairwise().factors(options.factors()).build())
            .ranking(ranking())
            .evaluation(
                EvaluationConfig.of(10, options.window()).withUserShare(options.judgedUsers()))
            .build()
            .apply(
                interactions,
                page == null ? null : requests(env),
                metadata(interactions),
                models());

    end("lists", lists(streams), QuickstartJob::countList);
    end("sessions", streams.sessions(), (totals, session) -> totals.sessions++);
    end("dead-letters", streams.deadLetters(), (totals, letter) -> totals.deadLetters++);
    end("metrics", streams.evaluation(), Totals::judge).setParallelism(1);
    end("trending", streams.trending(10, Duration.ofSeconds(1)), Totals::trend).setParallelism(1);
    if (options.withRatings()) {
      addRatings(interactions);
    }
    return env;
  }

  private OfflineModels models() {
    return options.model() == null
        ? OfflineModels.NONE
        : OfflineModels.NONE.withInitialFile(options.model().toUri().toString());
  }

  private RankingConfig ranking() {
    RankingConfig.Builder ranking = RankingConfig.builder().k(options.k()).blend(blend());
    if (options.sequence() != null) {
      ranking.source(OnnxSequenceSource.factory(options.sequence()));
    }
    return ranking.build();
  }

  private BlendConfig blend() {
    return BlendConfig.builder().userShare(options.judgedUsers()).build();
  }

  /** What is known of the generated shop's items; of others there is nothing. */
  private DataStream<ItemMetadata> metadata(DataStream<Interaction> interactions) {
    return options.input() == null
        ? named("metadata", interactions.flatMap(new ShopMetadata(options.shop())))
            .setParallelism(1)
        : null;
  }

  private DataStream<RecommendationRequest> requests(StreamExecutionEnvironment env) {
    return page.exchange().requests(env, "quickstart-job-requests");
  }

  private DataStream<RecommendationList> lists(RecommendationStreams streams) {
    DataStream<RecommendationList> all = streams.recommendations();
    return page == null ? all : named("keep", page.exchange().keep(all));
  }

  /** A second model on the same stream, which predicts the stars instead of the next item. */
  private void addRatings(DataStream<Interaction> interactions) {
    RatingScale scale = options.inputFile().ratings();
    RecommendationStreams streams =
        Recsys.builder("ratings")
            .factors(FactorConfig.rating().ratings(scale).build())
            .neighbors(NeighborConfig.NONE)
            .sessionIndex(SessionIndexConfig.NONE)
            .catalog(CatalogConfig.NONE)
            .evaluation(EvaluationConfig.ratings(options.window(), scale.lowest(), scale.highest()))
            .serveOnRequest()
            .build()
            .apply(interactions);
    // What is no interaction at all is counted already, by the first model.
    end(
        "ratings-refused",
        streams.deadLetters(),
        (totals, letter) -> totals.deadLetters += letter.stage().equals("recommender") ? 1 : 0);
    end(
            "rating-metrics",
            streams.evaluation(),
            (totals, result) -> {
              if (result.total()) {
                totals.ratings = Totals.Metrics.of(result);
              }
            })
        .setParallelism(1);
  }

  private static void countList(Totals totals, RecommendationList list) {
    totals.events++;
    totals.serve(list);
    long nanos = LatencyBoard.leave(list.userId(), list.generatedAtMillis());
    if (nanos >= 0) {
      totals.latency.add(nanos);
    }
  }

  private DataStream<Interaction> interactions(StreamExecutionEnvironment env) {
    DataStream<Interaction> read =
        options.input() == null
            ? source(
                env,
                new ShopEvents(options.shop()),
                options.shop().events(),
                TypeInformation.of(Interaction.class))
            : parsed(
                source(
                    env,
                    new FileLines(options.input(), options.format()),
                    options.inputFile().lines().length,
                    Types.STRING));
    double minRating = options.minRating();
    // One subtask until the stream is keyed: more would deal events out in turn, and a user's
    // events would overtake each other.
    DataStream<Interaction> filtered =
        named("filter", read.filter(i -> i.weight() >= minRating)).setParallelism(1);
    long warmUp = options.warmUp();
    DataStream<Interaction> entered =
        named("enter", filtered.map(new Entrance(warmUp, page)).returns(Interaction.class))
            .setParallelism(1);
    // What is on the way to a list must not wait; all else may, since every flush wakes two
    // threads.
    return named(
            "watermarks",
            entered.assignTimestampsAndWatermarks(
                InteractionWatermarks.of(Duration.ZERO, Duration.ofMinutes(1))))
        .setParallelism(1)
        .setBufferTimeout(5);
  }

  private DataStream<Interaction> parsed(DataStream<String> lines) {
    SingleOutputStreamOperator<Interaction> parsed =
        named("parse", lines.process(ParseFunction.interactions(options.format().newParser())));
    parsed.setParallelism(1);
    end(
        "malformed",
        parsed.getSideOutput(DeadLetter.TAG),
        (totals, letter) -> totals.deadLetters++);
    return parsed;
  }

  private <T> DataStream<T> source(
      StreamExecutionEnvironment env,
      GeneratorFunction<Long, T> records,
      long count,
      TypeInformation<T> type) {
    RateLimiterStrategy<NumberSequenceSplit> pace = pace();
    boolean staysOpen = page != null && page.staysOpen();
    DataGeneratorSource<T> source =
        staysOpen
            ? new DataGeneratorSource<>(records, count + 1, new StayOpen(count, pace), type)
            : new DataGeneratorSource<>(records, count, pace, type);
    return named("source", env.fromSource(source, WatermarkStrategy.noWatermarks(), "source"))
        .setParallelism(1);
  }

  @SuppressWarnings("unchecked") // Flink's factory methods give raw types.
  private RateLimiterStrategy<NumberSequenceSplit> pace() {
    return options.rate() > 0
        ? RateLimiterStrategy.perSecond(options.rate())
        : RateLimiterStrategy.noOp();
  }

  private static <T> SingleOutputStreamOperator<Void> end(
      String name, DataStream<T> stream, TotalsFunction.Fold<T> fold) {
    return named(name, stream.process(new TotalsFunction<>(fold)).returns(Types.VOID));
  }

  private static <T> SingleOutputStreamOperator<T> named(
      String name, SingleOutputStreamOperator<T> stream) {
    return stream.name(name).uid("quickstart-job-" + name);
  }

  private Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("pipeline.object-reuse", "true");
    configuration.setString("execution.buffer-timeout.interval", "100 ms");
    // Small buffers: at full speed, what waits in them is what the latency shows.
    configuration.setString("taskmanager.memory.segment-size", "4 kb");
    configuration.setString("taskmanager.memory.network.min", "64 mb");
    configuration.setString("taskmanager.memory.network.max", "64 mb");
    // The driver's picture of the job comes with the heartbeat.
    configuration.setString("heartbeat.interval", "1 s");
    configuration.setString("heartbeat.timeout", "60 s");
    configuration.setString("rest.bind-address", "127.0.0.1");
    if (page != null) {
      JobGauges.reportTo(configuration, page.exchange());
    }
    return configuration;
  }
}
