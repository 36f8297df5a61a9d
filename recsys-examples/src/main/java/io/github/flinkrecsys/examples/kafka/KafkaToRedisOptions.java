/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import io.github.flinkrecsys.connectors.redis.RedisConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.examples.JobOptions;
import io.github.flinkrecsys.examples.RecommenderOptions;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Checked settings of the job.
 *
 * @param servers of Kafka, as {@code host:port,host:port}
 * @param topics that are read and written
 * @param groupId under which offsets are committed
 * @param transactionalIdPrefix of the writer of lists; no two running jobs may share one
 * @param transactionTimeout after which Kafka aborts a transaction that nobody ends
 * @param properties of all Kafka clients
 * @param checkpoints how the job's state is kept
 * @param time of records that have one
 * @param model file to start from, or null for none
 * @param redis where lists are kept too, or null for nowhere
 * @param job how widely it runs
 * @param factors of the model
 * @param k items per list
 * @param onRequest whether lists are made for requests only
 */
record KafkaToRedisOptions(
    String servers,
    Topics topics,
    String groupId,
    String transactionalIdPrefix,
    Duration transactionTimeout,
    Map<String, String> properties,
    Checkpoints checkpoints,
    Time time,
    String model,
    RedisConfig redis,
    JobOptions job,
    int factors,
    int k,
    boolean onRequest) {
  /** Client settings that have an option here or that the job depends on. */
  private static final Set<String> RESERVED =
      Set.of(
          "bootstrap.servers",
          "group.id",
          "auto.offset.reset",
          "enable.auto.commit",
          "key.deserializer",
          "value.deserializer",
          "key.serializer",
          "value.serializer",
          "transactional.id",
          "transaction.timeout.ms");

  KafkaToRedisOptions {
    Checks.notBlank("bootstrap-servers", servers);
    Checks.notNull("topics", topics);
    Checks.notNull("checkpoints", checkpoints);
    Checks.notNull("time", time);
    Checks.notBlank("group-id", groupId);
    Checks.notBlank("transactional-id-prefix", transactionalIdPrefix);
    Checks.positive("transaction-timeout", transactionTimeout);
    Checks.require(
        transactionTimeout.toMillis() <= Integer.MAX_VALUE,
        "transaction-timeout",
        "at most 24 days",
        transactionTimeout);
    Checks.require(
        transactionTimeout.compareTo(checkpoints.interval()) > 0,
        "transaction-timeout",
        "longer than checkpoint-interval (" + checkpoints.interval() + ")",
        transactionTimeout);
    properties = Checks.copyOf("properties", properties);
    properties
        .keySet()
        .forEach(
            name ->
                Checks.require(
                    !RESERVED.contains(name), "property", "one that the job does not set", name));
    Checks.notNull("job", job).check();
    RecommenderOptions.check(factors, k);
    Checks.require(
        !onRequest || topics.requests() != null, "requests", "given with on-request", null);
  }

  /** Of the properties the names alone: a value may be a password. */
  @Override
  public String toString() {
    return "KafkaToRedisOptions[servers="
        + servers
        + ", topics="
        + topics
        + ", properties="
        + properties.keySet()
        + ", redis="
        + redis
        + ", "
        + job
        + ", factors="
        + factors
        + ", k="
        + k
        + "]";
  }

  /**
   * Names of topics.
   *
   * @param interactions read
   * @param requests read, or null for none
   * @param items read: metadata, or null for none
   * @param profiles read: profiles of users, or null for none
   * @param models read: where newer model files are, or null for none
   * @param recommendations written
   * @param enriched written: interactions with profile and metadata as of their time; null exactly
   *     where profiles are
   * @param deadLetters written
   */
  record Topics(
      String interactions,
      String requests,
      String items,
      String profiles,
      String models,
      String recommendations,
      String enriched,
      String deadLetters) {
    Topics {
      Checks.notBlank("interactions", interactions);
      Checks.notBlank("recommendations", recommendations);
      Checks.notBlank("dead-letters", deadLetters);
      List<String> all =
          given(
              interactions,
              requests,
              items,
              profiles,
              models,
              recommendations,
              enriched,
              deadLetters);
      Checks.require(new HashSet<>(all).size() == all.size(), "topics", "distinct", all);
      Checks.require(
          (profiles == null) == (enriched == null),
          "enriched",
          "given with profiles, and only with them",
          enriched);
    }

    List<String> all() {
      return given(
          interactions, requests, items, profiles, models, recommendations, enriched, deadLetters);
    }

    private static List<String> given(String... topics) {
      return Stream.of(topics).filter(Objects::nonNull).toList();
    }
  }

  /**
   * How event time goes on.
   *
   * @param outOfOrderness how much later than a newer one a record may come
   * @param idleness silence after which a partition does not hold back event time
   */
  record Time(Duration outOfOrderness, Duration idleness) {
    Time {
      // It checks both.
      InteractionWatermarks.of(outOfOrderness, idleness);
    }

    WatermarkStrategy<Interaction> ofInteractions() {
      return InteractionWatermarks.of(outOfOrderness, idleness);
    }

    WatermarkStrategy<UserProfile> ofProfiles() {
      return WatermarkStrategy.<UserProfile>forBoundedOutOfOrderness(outOfOrderness)
          .withTimestampAssigner((profile, ignored) -> profile.timestampMillis())
          .withIdleness(idleness);
    }
  }

  /**
   * How state is kept.
   *
   * @param interval between two checkpoints; lists become visible with them
   * @param directory where checkpoints outlive the job, or null for the cluster's setting
   * @param restore checkpoint or savepoint to start from, or null
   */
  record Checkpoints(Duration interval, String directory, String restore) {
    Checkpoints {
      Checks.positive("checkpoint-interval", interval);
    }
  }
}
