/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import io.github.flinkrecsys.examples.InputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers for the topics: the job itself would wait for both, and start again. */
final class TopicCheck {
  private final KafkaToRedisOptions options;
  private final Duration timeout;

  /** Waits at most the timeout for an answer. */
  TopicCheck(KafkaToRedisOptions options, Duration timeout) {
    this.options = options;
    this.timeout = timeout;
  }

  /** Fails if no broker answers or a topic is not there. */
  void run() throws InputException, InterruptedException {
    Map<String, Object> settings = new HashMap<>(options.properties());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, options.servers());
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, options.groupId() + "-check");
    try (Admin admin = Admin.create(settings)) {
      List<String> missing = missing(admin);
      if (!missing.isEmpty()) {
        throw new InputException("topics must exist, got none named " + missing);
      }
    } catch (KafkaException e) {
      throw noAnswer(e.getCause() == null ? e : e.getCause());
    }
  }

  private List<String> missing(Admin admin) throws InputException, InterruptedException {
    DescribeTopicsOptions bounded =
        new DescribeTopicsOptions().timeoutMs(Math.toIntExact(timeout.toMillis()));
    List<String> missing = new ArrayList<>();
    for (var topic :
        admin.describeTopics(options.topics().all(), bounded).topicNameValues().entrySet()) {
      if (!exists(topic.getValue())) {
        missing.add(topic.getKey());
      }
    }
    return missing;
  }

  private boolean exists(KafkaFuture<?> topic) throws InputException, InterruptedException {
    try {
      topic.get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof InvalidTopicException) {
        return false;
      }
      throw noAnswer(e.getCause());
    }
  }

  private InputException noAnswer(Throwable cause) {
    return new InputException(
        "bootstrap-servers must be brokers that answer, got "
            + options.servers()
            + ": "
            + cause.getMessage());
  }
}
