/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flinkrecsys.connectors.kafka.TestBroker;
import io.github.flinkrecsys.connectors.redis.RedisConfig;
import io.github.flinkrecsys.connectors.redis.RedisRecommendations;
import io.github.flinkrecsys.core.als.FactorModel;
import io.github.flinkrecsys.core.als.FactorModelFile;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.session.Session;
import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.JobOptions;
import io.github.flinkrecsys.operators.pipeline.RecommendationStreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The job between topics of a real broker. */
class KafkaToRedisITCase {
  private static final long START = 1_767_225_600_000L;
  private static final long IN_2099 = 4_070_908_800_000L;
  private static final int USERS = 40;
  private static final int ITEMS = 25;
  private static final Set<String> SESSIONS = ConcurrentHashMap.newKeySet();

  @TempDir private static Path folder;
  private static TestBroker broker;

  private Duration idleness = Duration.ofMillis(300);
  private RedisServer redisServer;
  private RedisConfig redis;
  private String model;

  /** Names of this test's topics and group begin with it. */
  private String test;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new TestBroker(folder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void createTopics(TestInfo info) throws Exception {
    test = info.getTestMethod().orElseThrow().getName();
    SESSIONS.clear();
    FailOnce.FAILURES.set(0);
    for (String topic : List.of("interactions", "profiles", "recommendations")) {
      broker.createTopic(name(topic), 2);
    }
    for (String topic : List.of("requests", "items", "models", "enriched", "dead-letters")) {
      broker.createTopic(name(topic), 1);
    }
  }

  @AfterEach
  void stopRedis() throws IOException {
    if (redisServer != null) {
      redisServer.stop();
    }
  }

  @Test
  void everyListIsThereOnceAcrossAFailureAndASavepoint() throws Exception {
    startRedis();
    sendInteractions(0, 500);
    JobClient job = start(null, true);
    await(() -> lists("read_committed").size() >= 500);
    assertThat(broker.read(name("recommendations"), "read_committed"))
        .as("Kafka would delete what is as old as the events")
        .allMatch(message -> message.timestamp() > System.currentTimeMillis() - day(1));
    sendInteractions(500, 1500);
    await(() -> lists("read_committed").size() >= 1500 && committedOffsets() == 1500);
    String savepoint = stop(job);
    assertThat(FailOnce.FAILURES).as("failures").hasValue(1);
    assertThat(lists("read_committed"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(expectedLists(1500));
    assertThat(lists("read_uncommitted"))
        .as("what the failure took back is still in the log")
        .hasSizeGreaterThan(1500);

    sendInteractions(1500, 2000);
    JobClient again = start(savepoint, false);
    await(() -> lists("read_committed").size() >= 2000);
    stop(again);
    assertThat(lists("read_committed"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(expectedLists(2000));
    assertThat(newestInRedis())
        .containsExactlyInAnyOrderElementsOf(
            expectedLists(2000).stream()
                .filter(list -> !expectedLists(2000 - USERS).contains(list))
                .toList());
  }

  @Test
  void refusedMessagesAreDeadLettersWithTheirPlaceAndReason() throws Exception {
    broker.send(name("interactions"), 0, interaction("u1", "i1", START));
    broker.send(name("interactions"), 0, "not json");
    broker.send(name("interactions"), 0, new byte[] {'{', (byte) 0xff, '}'});
    broker.send(name("interactions"), 1, interaction("", "i1", START));
    broker.send(name("interactions"), 1, interaction("u1", "i2", -5));
    broker.send(name("interactions"), 1, (String) null);
    broker.send(name("interactions"), 1, interaction("u2", "i2", START + 1));
    broker.send(name("interactions"), 1, interaction("u1", "i1", IN_2099));
    broker.send(name("requests"), 0, "{\"userId\":\"u1\",\"k\":0,\"timestampMillis\":1}");
    broker.send(name("requests"), 0, request("u1", START + 2));
    broker.send(name("items"), 0, "{\"itemId\":\"i1\",\"colour\":\"red\",\"timestampMillis\":1}");
    broker.flush();
    JobClient job = start(null, false);
    await(() -> lists("read_committed").size() >= 3 && deadLetters().size() >= 8);
    stop(job);

    assertThat(lists("read_committed"))
        .containsExactlyInAnyOrder("u1@" + START, "u2@" + (START + 1), "u1@" + (START + 2));
    assertThat(deadLetters().stream().map(this::placeAndReason))
        .containsExactlyInAnyOrder(
            "interactions/0/1 parse: document must be JSON of a valid Interaction",
            "interactions/0/2 parse: document must be UTF-8",
            "interactions/1/0 validate: userId must be a non-empty string",
            "interactions/1/1 validate: timestampMillis must be non-negative",
            "interactions/1/2 validate: message must have a value",
            "interactions/1/4 validate: timestampMillis must be at most PT24H ahead of the clock",
            "requests/0/0 validate: k must be between 1 and 1000",
            "items/0/0 parse: field must be one of [attributes");
    assertThat(deadLetters().stream().map(letter -> letter.get("record").asText()))
        .contains("not json", interaction("", "i1", START));
  }

  @Test
  void aTopicThatIsMissingIsNamedBeforeTheJobStarts() throws Exception {
    new TopicCheck(options("dead-letters", null), Duration.ofMinutes(2)).run();
    assertThatThrownBy(() -> new TopicCheck(options("nowhere", null), Duration.ofMinutes(2)).run())
        .isInstanceOf(InputException.class)
        .hasMessage("topics must exist, got none named [" + name("nowhere") + "]");
    assertThatThrownBy(() -> new TopicCheck(options("no name", null), Duration.ofMinutes(2)).run())
        .hasMessage("topics must exist, got none named [" + name("no name") + "]");
  }

  @Test
  void interactionsAreWrittenWithTheProfileAsItWas() throws Exception {
    // Every partition brings time on, so none has to become idle for it.
    idleness = Duration.ofHours(1);
    broker.send(name("profiles"), 0, profile("u1", "trial", START));
    broker.send(name("profiles"), 0, profile("u1", "paid", START + 2_000));
    broker.send(name("profiles"), 0, "no profile");
    broker.send(name("profiles"), 0, profile("u9", "paid", START + day(1)));
    broker.send(name("profiles"), 1, profile("u8", "paid", START + day(1)));
    broker.send(name("interactions"), 0, interaction("u1", "i1", START + 1_000));
    broker.send(name("interactions"), 0, interaction("u1", "i2", START + 3_000));
    broker.send(name("interactions"), 0, interaction("u2", "i1", START + 3_000));
    broker.send(name("interactions"), 0, interaction("u3", "i1", START + day(1)));
    broker.send(name("interactions"), 1, interaction("u4", "i1", START + day(1)));
    broker.flush();
    JobClient job = start(null, false);
    await(() -> broker.read(name("enriched"), "read_committed").size() >= 3);
    await(() -> deadLetters().size() >= 1);
    stop(job);
    List<String> plans = new ArrayList<>();
    for (var message : broker.read(name("enriched"), "read_committed")) {
      JsonNode enriched = json(message.value());
      JsonNode event = enriched.get("interaction");
      plans.add(
          event.get("userId").asText()
              + " "
              + event.get("itemId").asText()
              + " "
              + enriched.at("/user/attributes/plan").asText("none"));
    }
    assertThat(plans).contains("u1 i1 trial", "u1 i2 paid", "u2 i1 none").doesNotHaveDuplicates();
    assertThat(deadLetters().stream().map(this::placeAndReason))
        .containsExactly("profiles/0/2 parse: document must be JSON of a valid UserProfile");
  }

  private static String profile(String userId, String plan, long timestampMillis) {
    return String.format(
        "{\"userId\":\"%s\",\"attributes\":{\"plan\":\"%s\"},\"timestampMillis\":%d}",
        userId, plan, timestampMillis);
  }

  @Test
  void aSilentPartitionDoesNotHoldBackTime() throws Exception {
    broker.send(name("interactions"), 0, interaction("u1", "i1", START));
    broker.send(name("interactions"), 0, interaction("u1", "i2", START + 1000));
    broker.send(name("interactions"), 0, interaction("u2", "i2", START + day(1)));
    broker.flush();
    JobClient job = start(null, false);
    await(() -> SESSIONS.contains("u1: 2"));

    // Now the other partition has spoken, once, and falls silent.
    broker.send(name("interactions"), 1, interaction("u3", "i1", START + day(1)));
    broker.flush();
    await(() -> lists("read_committed").size() >= 4);
    broker.send(name("interactions"), 0, interaction("u4", "i1", START + day(2)));
    broker.flush();
    await(() -> SESSIONS.contains("u3: 1") && SESSIONS.contains("u2: 1"));
    await(() -> lists("read_committed").size() >= 5);
    stop(job);
    assertThat(lists("read_committed"))
        .containsExactlyInAnyOrder(
            "u1@" + START,
            "u1@" + (START + 1000),
            "u2@" + (START + day(1)),
            "u3@" + (START + day(1)),
            "u4@" + (START + day(2)));
  }

  @Test
  void aJobStartsFromAModelAndLoadsANewerOneWhileItRuns() throws Exception {
    model = model(1).toUri().toString();
    sendInteractions(0, 20);
    broker.send(name("models"), 0, "{\"path\":\"" + folder.resolve("missing") + "\"}");
    broker.send(name("models"), 0, "{\"path\":\"\"}");
    broker.flush();
    JobClient job = start(null, false);
    await(() -> lists("read_committed").size() >= 20 && deadLetters().size() >= 2);
    assertThat(modelVersions()).as("no list before the model").containsOnly(1L);
    assertThat(deadLetters().stream().map(letter -> letter.get("reason").asText()))
        .anyMatch(reason -> reason.startsWith("model must be readable"))
        .anyMatch(reason -> reason.startsWith("path must be not blank"));

    broker.send(name("models"), 0, "{\"path\":\"" + model(2) + "\"}");
    AtomicInteger sent = new AtomicInteger(20);
    await(
        () -> {
          sendInteractions(sent.get(), sent.addAndGet(10));
          return modelVersions().contains(2L);
        });
    stop(job);
    assertThat(modelVersions()).containsOnly(1L, 2L);
  }

  private static Path model(long version) throws IOException {
    List<String> items = IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toList();
    float[][] vectors = new float[ITEMS][8];
    vectors[0][0] = version;
    Path file = folder.resolve("model-" + version);
    FactorModelFile.write(
        file,
        new FactorModel(version, 8, List.of("u0"), new float[][] {new float[8]}, items, vectors));
    return file;
  }

  private List<Long> modelVersions() {
    return broker.read(name("recommendations"), "read_committed").stream()
        .map(message -> json(message.value()).get("modelVersion").asLong())
        .toList();
  }

  @Test
  void aPartitionThatBringsOnlyRubbishIsSilent() throws Exception {
    // Longer than the source takes to start: it must not be idle for that.
    idleness = Duration.ofSeconds(3);
    broker.send(name("interactions"), 0, interaction("u1", "i1", START));
    broker.send(name("interactions"), 0, interaction("u2", "i2", START + day(1)));
    broker.send(name("interactions"), 1, "rubbish");
    broker.flush();
    JobClient job = start(null, false);
    await(
        () -> {
          broker.send(name("interactions"), 1, "rubbish");
          broker.flush();
          return SESSIONS.contains("u1: 1");
        });
    await(() -> !deadLetters().isEmpty());
    stop(job);
  }

  private JobClient start(String savepoint, boolean withFailure) throws Exception {
    KafkaToRedisJob job = new KafkaToRedisJob(options("dead-letters", savepoint));
    StreamExecutionEnvironment env = job.environment();
    RecommendationStreams streams = job.build(env);
    streams.sessions().process(new NoteSession()).returns(Types.VOID).uid("test-sessions");
    if (withFailure) {
      streams.recommendations().process(new FailOnce()).returns(Types.VOID).uid("test-failure");
    }
    return env.executeAsync();
  }

  private KafkaToRedisOptions options(String deadLetters, String savepoint) {
    return new KafkaToRedisOptions(
        broker.address(),
        new KafkaToRedisOptions.Topics(
            name("interactions"),
            name("requests"),
            name("items"),
            name("profiles"),
            name("models"),
            name("recommendations"),
            name("enriched"),
            name(deadLetters)),
        name("group"),
        name("lists"),
        Duration.ofMinutes(1),
        Map.of(),
        new KafkaToRedisOptions.Checkpoints(Duration.ofMillis(200), null, savepoint),
        new KafkaToRedisOptions.Time(Duration.ofSeconds(1), idleness),
        model,
        redis,
        JobOptions.of(2),
        8,
        5,
        false);
  }

  /** Tries again while a task is still starting, for which a savepoint does not wait. */
  private static String stop(JobClient job) throws Exception {
    String target = folder.resolve("savepoints").toUri().toString();
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (true) {
      try {
        return job.stopWithSavepoint(false, target, SavepointFormatType.NATIVE).get();
      } catch (ExecutionException e) {
        if (System.nanoTime() > end
            || !String.valueOf(e.getMessage()).contains("Not all required")) {
          throw e;
        }
        Thread.sleep(200);
      }
    }
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail(
            "%d lists, %d dead letters, sessions %s, offset %d after two minutes",
            lists("read_committed").size(), deadLetters().size(), SESSIONS, committedOffsets());
      }
      Thread.sleep(100);
    }
  }

  private void sendInteractions(int from, int to) {
    for (int i = from; i < to; i++) {
      String user = "u" + i % USERS;
      String item = "i" + (i * 7 + i / USERS) % ITEMS;
      broker.send(name("interactions"), i % USERS % 2, interaction(user, item, START + i));
    }
    broker.flush();
  }

  private void startRedis() throws Exception {
    int port = 20_000 + new Random().nextInt(10_000);
    redisServer =
        RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
    redisServer.start();
    redis = RedisConfig.server("127.0.0.1:" + port).build();
  }

  private List<String> newestInRedis() throws Exception {
    List<String> lists = new ArrayList<>();
    try (RedisRecommendations reader = RedisRecommendations.open(redis)) {
      for (int user = 0; user < USERS; user++) {
        RecommendationList list =
            reader.ofUser("u" + user).toCompletableFuture().get().orElseThrow();
        lists.add(list.userId() + "@" + list.generatedAtMillis());
      }
    }
    return lists;
  }

  private static Set<String> expectedLists(int interactions) {
    Set<String> lists = new HashSet<>();
    for (int i = 0; i < interactions; i++) {
      lists.add("u" + i % USERS + "@" + (START + i));
    }
    return lists;
  }

  private long committedOffsets() {
    try {
      return broker.committed(name("group"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> lists(String isolation) {
    return broker.read(name("recommendations"), isolation).stream()
        .map(message -> json(message.value()))
        .map(list -> list.get("userId").asText() + "@" + list.get("generatedAtMillis").asLong())
        .toList();
  }

  private List<JsonNode> deadLetters() {
    return broker.read(name("dead-letters"), "read_committed").stream()
        .map(message -> json(message.value()))
        .toList();
  }

  private String placeAndReason(JsonNode letter) {
    return letter.get("topic").asText().substring(test.length() + 1)
        + "/"
        + letter.get("partition").asInt()
        + "/"
        + letter.get("offset").asLong()
        + " "
        + letter.get("stage").asText()
        + ": "
        + letter.get("reason").asText().split(", ")[0];
  }

  private static JsonNode json(String value) {
    try {
      return new ObjectMapper().readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String interaction(String user, String item, long time) {
    return String.format(
        "{\"userId\":\"%s\",\"itemId\":\"%s\",\"timestampMillis\":%d}", user, item, time);
  }

  private static String request(String user, long time) {
    return String.format("{\"userId\":\"%s\",\"k\":5,\"timestampMillis\":%d}", user, time);
  }

  private static long day(int days) {
    return Duration.ofDays(days).toMillis();
  }

  private String name(String what) {
    return test + "-" + what;
  }

  /** Notes whose session has closed, and how many interactions it had. */
  private static final class NoteSession extends ProcessFunction<Session<Interaction>, Void> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Session<Interaction> session, Context context, Collector<Void> out) {
      SESSIONS.add(session.userId() + ": " + session.events().length);
    }
  }
}
