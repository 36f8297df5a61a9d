/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.JobOptions;
import io.github.flinkrecsys.examples.RecommenderOptions;
import io.github.flinkrecsys.examples.RedisOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recommends from Kafka topics until it is stopped. */
@Command(
    name = "kafka-to-redis",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Reads interactions from Kafka, learns, and writes recommendations.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the job failed", "2:an option cannot be used"})
public final class KafkaToRedisCommand implements Callable<Integer> {
  private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(30);

  @Option(
      names = "--bootstrap-servers",
      required = true,
      paramLabel = "HOST:PORT,...",
      description = "of Kafka")
  private String servers;

  @Option(
      names = "--interactions",
      paramLabel = "TOPIC",
      description = "to read; default: ${DEFAULT-VALUE}")
  private String interactions = "interactions";

  @Mixin private RedisOptions redis;

  @Option(names = "--requests", paramLabel = "TOPIC", description = "to read; default: none")
  private String requests;

  @Option(
      names = "--items",
      paramLabel = "TOPIC",
      description = "to read: metadata of items; default: none")
  private String items;

  @Option(
      names = "--profiles",
      paramLabel = "TOPIC",
      description = "to read: profiles of users, joined into --enriched; default: none")
  private String profiles;

  @Option(
      names = "--model",
      paramLabel = "PATH",
      description = "model file to start from, before the first interaction; default: none")
  private String model;

  @Option(
      names = "--models",
      paramLabel = "TOPIC",
      description = "to read: paths of newer model files, loaded while the job runs; default: none")
  private String models;

  @Option(
      names = "--enriched",
      paramLabel = "TOPIC",
      description =
          "to write, exactly once: interactions with profile and metadata as of their time;"
              + " default: none")
  private String enriched;

  @Option(
      names = "--recommendations",
      paramLabel = "TOPIC",
      description = "to write, exactly once; default: ${DEFAULT-VALUE}")
  private String recommendations = "recommendations";

  @Option(
      names = "--dead-letters",
      paramLabel = "TOPIC",
      description = "to write: what was refused, and why; default: ${DEFAULT-VALUE}")
  private String deadLetters = "dead-letters";

  @Option(
      names = "--group-id",
      paramLabel = "ID",
      description = "of the consumers; default: ${DEFAULT-VALUE}")
  private String groupId = "recsys";

  @Option(
      names = "--transactional-id-prefix",
      paramLabel = "PREFIX",
      description = "of the producers, one per running job; default: ${DEFAULT-VALUE}")
  private String transactionalIdPrefix = "recsys";

  @Option(
      names = "--transaction-timeout",
      paramLabel = "DURATION",
      description =
          "at most the brokers' transaction.max.timeout.ms; more than the longest time that the job"
              + " may be down; default: ${DEFAULT-VALUE}")
  private Duration transactionTimeout = Duration.ofMinutes(15);

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "setting of all Kafka clients, for example for TLS; repeatable")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "DURATION",
      description = "after which written lists become visible; default: ${DEFAULT-VALUE}")
  private Duration checkpointInterval = Duration.ofSeconds(5);

  @Option(
      names = "--checkpoints",
      paramLabel = "URI",
      description = "where checkpoints are kept, also when the job is cancelled; default: as Flink")
  private String checkpoints;

  @Option(
      names = "--restore",
      paramLabel = "PATH",
      description = "checkpoint or savepoint to go on from; default: none")
  private String restore;

  @Option(
      names = "--out-of-orderness",
      paramLabel = "DURATION",
      description =
          "how much later than a newer one an interaction may come; default: ${DEFAULT-VALUE}")
  private Duration outOfOrderness = Duration.ofSeconds(5);

  @Option(
      names = "--idleness",
      paramLabel = "DURATION",
      description =
          "silence after which a partition does not hold back event time; default:"
              + " ${DEFAULT-VALUE}")
  private Duration idleness = Duration.ofMinutes(1);

  @Mixin private JobOptions job = new JobOptions();

  @Mixin private RecommenderOptions recommender = new RecommenderOptions();

  @Option(names = "--on-request", description = "make lists for requests only")
  private boolean onRequest;

  /** Makes the command, as picocli requires. */
  public KafkaToRedisCommand() {}

  @Override
  public Integer call() throws Exception {
    KafkaToRedisOptions options = checkedOptions();
    KafkaToRedisJob graph = new KafkaToRedisJob(options);
    StreamExecutionEnvironment env = graph.environment();
    if (env instanceof LocalStreamEnvironment) {
      // A cluster may have files that are not here, and reach brokers that cannot be seen from
      // here.
      checkExists("model", model);
      checkExists("restore", restore);
      new TopicCheck(options, BROKER_TIMEOUT).run();
    }
    graph.build(env);
    env.execute("recsys kafka-to-redis");
    return 0;
  }

  /** Without this, the job would fail at the file, and start again, for ever. */
  private static void checkExists(String name, String path) throws InputException {
    if (path == null) {
      return;
    }
    try {
      Path file = new Path(path);
      if (!file.getFileSystem().exists(file)) {
        throw new InputException(name + " must be a file or folder that exists, got " + path);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(name + " must be a path that can be read, got " + path);
    }
  }

  private KafkaToRedisOptions checkedOptions() throws InputException {
    try {
      return options();
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage());
    }
  }

  private KafkaToRedisOptions options() {
    return new KafkaToRedisOptions(
        servers,
        new KafkaToRedisOptions.Topics(
            interactions,
            requests,
            items,
            profiles,
            models,
            recommendations,
            enriched,
            deadLetters),
        groupId,
        transactionalIdPrefix,
        transactionTimeout,
        properties,
        new KafkaToRedisOptions.Checkpoints(checkpointInterval, checkpoints, restore),
        new KafkaToRedisOptions.Time(outOfOrderness, idleness),
        model,
        redis.config(),
        job,
        recommender.factors(),
        recommender.k(),
        onRequest);
  }
}
