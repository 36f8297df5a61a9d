/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import io.github.flinkrecsys.connectors.redis.RedisRecommendationSink;
import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.feature.ProfileJoinConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.event.RecordRule;
import io.github.flinkrecsys.operators.event.RecordRules;
import io.github.flinkrecsys.operators.feature.FeatureKeys;
import io.github.flinkrecsys.operators.feature.ProfileJoinFunction;
import io.github.flinkrecsys.operators.pipeline.OfflineModels;
import io.github.flinkrecsys.operators.pipeline.RecommendationStreams;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Either;

/** The graph of the job: topics in, recommender, topics out. */
final class KafkaToRedisJob {
  private static final String NAME = "kafka-to-redis";

  /** Failures without an hour of quiet between them after which a job of one process ends. */
  private static final int RESTARTS = 10;

  private final KafkaToRedisOptions options;
  private final KafkaEnds kafka;
  private DataStream<KafkaDeadLetter> refused;

  KafkaToRedisJob(KafkaToRedisOptions options) {
    this.options = options;
    kafka = new KafkaEnds(options);
  }

  StreamExecutionEnvironment environment() {
    StreamExecutionEnvironment env = options.job().environment(configuration());
    if (env instanceof LocalStreamEnvironment) {
      // Flink would start again for ever, and here nobody sees why.
      env.configure(givingUp());
    }
    return env;
  }

  RecommendationStreams build(StreamExecutionEnvironment env) {
    KafkaToRedisOptions.Topics topics = options.topics();
    DataStream<Interaction> interactions =
        read(
            env,
            topics.interactions(),
            Interaction.class,
            RecordRules.interactions(RecordRules.DEFAULT_MAX_AHEAD),
            MessageTime.ofRecords(options.time().ofInteractions()));
    DataStream<RecommendationRequest> requests =
        topics.requests() == null
            ? null
            : read(
                env,
                topics.requests(),
                RecommendationRequest.class,
                RecordRules.requests(RecordRules.DEFAULT_MAX_AHEAD),
                MessageTime.none());
    DataStream<ItemMetadata> items =
        topics.items() == null
            ? null
            : read(
                env,
                topics.items(),
                ItemMetadata.class,
                RecordRules.itemMetadata(RecordRules.DEFAULT_MAX_AHEAD),
                MessageTime.none());

    RecommendationStreams streams = recommender().apply(interactions, requests, items, models(env));
    streams
        .recommendations()
        .sinkTo(kafka.recommendations())
        .name(uid("recommendations"))
        .uid(uid("recommendations"));
    if (topics.profiles() != null) {
      enrich(env, interactions, items);
    }
    if (options.redis() != null) {
      toRedis(streams.recommendations());
    }
    refuse(
        named(
            "dead-letters-of-operators",
            streams
                .deadLetters()
                .union(streams.sessionDeadLetters())
                .map(KafkaDeadLetter::withoutPlace)
                .returns(TypeInformation.of(KafkaDeadLetter.class))));
    refused.sinkTo(kafka.deadLetters()).name(uid("dead-letters")).uid(uid("dead-letters"));
    return streams;
  }

  private OfflineModels models(StreamExecutionEnvironment env) {
    OfflineModels models = OfflineModels.NONE;
    if (options.model() != null) {
      models = models.withInitialFile(options.model());
    }
    if (options.topics().models() != null) {
      DataStream<ModelFile> files =
          read(
              env,
              options.topics().models(),
              ModelFile.class,
              ModelFile::violation,
              MessageTime.none());
      models = models.withNewerFiles(named("model-paths", files.map(ModelFile::path)));
    }
    return models;
  }

  /** What a model of the user's own is trained on. */
  private void enrich(
      StreamExecutionEnvironment env,
      DataStream<Interaction> interactions,
      DataStream<ItemMetadata> items) {
    DataStream<UserProfile> profiles =
        read(
            env,
            options.topics().profiles(),
            UserProfile.class,
            RecordRules.userProfiles(RecordRules.DEFAULT_MAX_AHEAD),
            MessageTime.ofRecords(options.time().ofProfiles()));
    ProfileJoinConfig config = ProfileJoinConfig.builder().build();
    SingleOutputStreamOperator<EnrichedInteraction> joined =
        join(
            "join-profiles",
            named("enrich", interactions.map(EnrichedInteraction::of))
                .keyBy(FeatureKeys::user)
                .connect(profiles.keyBy(UserProfile::userId))
                .process(ProfileJoinFunction.users(config)));
    DataStream<EnrichedInteraction> late = joined.getSideOutput(ProfileJoinFunction.LATE);
    if (items != null) {
      joined =
          join(
              "join-items",
              joined
                  .union(late)
                  .keyBy(FeatureKeys::item)
                  .connect(items.keyBy(ItemMetadata::itemId))
                  .process(ProfileJoinFunction.items(config)));
      late = joined.getSideOutput(ProfileJoinFunction.LATE);
    }
    joined.union(late).sinkTo(kafka.enriched()).name(uid("enriched")).uid(uid("enriched"));
  }

  private SingleOutputStreamOperator<EnrichedInteraction> join(
      String name, SingleOutputStreamOperator<EnrichedInteraction> joined) {
    refuse(
        named(
            "dead-letters-of-" + name,
            joined
                .getSideOutput(DeadLetter.TAG)
                .map(KafkaDeadLetter::withoutPlace)
                .returns(TypeInformation.of(KafkaDeadLetter.class))));
    return named(name, joined);
  }

  /** Redis keeps lists by user, so those of nobody have no place there. */
  private void toRedis(DataStream<RecommendationList> lists) {
    named("lists-of-users", lists.filter(list -> !list.userId().isEmpty()))
        .sinkTo(new RedisRecommendationSink(options.redis()))
        .name(uid("redis"))
        .uid(uid("redis"));
  }

  private Recsys recommender() {
    Recsys.Builder builder =
        Recsys.builder(NAME)
            .factors(FactorConfig.pairwise().factors(options.factors()).build())
            .ranking(RankingConfig.builder().k(options.k()).build())
            .withoutEvaluation();
    return (options.onRequest() ? builder.serveOnRequest() : builder.serveOnUpdate(Duration.ZERO))
        .build();
  }

  private <T> DataStream<T> read(
      StreamExecutionEnvironment env,
      String topic,
      Class<T> type,
      RecordRule<T> rule,
      WatermarkStrategy<Either<KafkaDeadLetter, T>> time) {
    String source = "read-" + type.getSimpleName();
    DataStream<Either<KafkaDeadLetter, T>> messages =
        named(source, env.fromSource(kafka.source(topic, type, rule), time, uid(source)));
    SingleOutputStreamOperator<T> records =
        named("split-" + type.getSimpleName(), messages.process(new SplitRefused<>(type)));
    refuse(records.getSideOutput(KafkaDeadLetter.TAG));
    return records;
  }

  private void refuse(DataStream<KafkaDeadLetter> letters) {
    refused = refused == null ? letters : refused.union(letters);
  }

  private static <T> SingleOutputStreamOperator<T> named(
      String name, SingleOutputStreamOperator<T> stream) {
    return stream.name(uid(name)).uid(uid(name));
  }

  private static String uid(String name) {
    return NAME + "-job-" + name;
  }

  private static Configuration givingUp() {
    Configuration configuration = new Configuration();
    configuration.setString("restart-strategy.type", "exponential-delay");
    configuration.setString(
        "restart-strategy.exponential-delay.attempts-before-reset-backoff",
        String.valueOf(RESTARTS));
    return configuration;
  }

  private Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("pipeline.object-reuse", "true");
    configuration.setString("execution.checkpointing.mode", "EXACTLY_ONCE");
    configuration.setString(
        "execution.checkpointing.interval", options.checkpoints().interval().toMillis() + " ms");
    if (options.checkpoints().directory() != null) {
      configuration.setString("execution.checkpointing.dir", options.checkpoints().directory());
      configuration.setString(
          "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    }
    if (options.checkpoints().restore() != null) {
      configuration.setString("execution.state-recovery.path", options.checkpoints().restore());
    }
    configuration.setString("rest.bind-address", "127.0.0.1");
    return configuration;
  }
}
