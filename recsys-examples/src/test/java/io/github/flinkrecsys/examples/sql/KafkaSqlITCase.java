/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flinkrecsys.connectors.kafka.TestBroker;
import io.github.flinkrecsys.examples.docs.DocFiles;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The example with the two topics of docs/sql.md in place of its files gives the same lists. */
class KafkaSqlITCase {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void topicsGiveTheListsOfTheFile() throws Exception {
    Path events = folder.resolve("interactions.csv");
    String script;
    try (InputStream in = getClass().getResourceAsStream("/sql/recommender.sql")) {
      script =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("'interactions.csv'", "'" + events + "'")
              .replace("'out/", "'" + folder.resolve("out") + "/");
    }
    run(script, "--sample-events", events.toString());
    Map<String, JsonNode> ofFile = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("out/recommendations"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode list = JSON.readTree(line);
          ofFile.put(list.get("user_id").asText(), list);
        }
      }
    }

    List<ConsumerRecord<String, String>> messages;
    try (TestBroker broker = new TestBroker(folder)) {
      broker.createTopic("interactions", 1);
      broker.createTopic("recommendations", 1);
      List<String> lines = Files.readAllLines(events);
      for (String line : lines) {
        broker.send("interactions", 0, json(line.split(",")));
        broker.send("interactions", 0, "no JSON, which the table passes over");
      }
      broker.flush();
      run(withTopics(script, broker.address()));
      messages = broker.read("recommendations", "read_committed");
      assertThat(messages).hasSizeBetween(ofFile.size(), lines.size());
    }

    Map<String, JsonNode> ofTopic = new TreeMap<>();
    for (ConsumerRecord<String, String> message : messages) {
      ofTopic.put(
          JSON.readTree(message.key()).get("user_id").asText(), JSON.readTree(message.value()));
    }
    assertThat(ofTopic).isEqualTo(ofFile).hasSizeGreaterThan(100);
    assertThat(ofTopic.values()).allMatch(list -> list.get("items").size() <= 10);
    assertThat(ofTopic.values()).anyMatch(list -> list.get("items").size() == 10);
  }

  private static String json(String[] event) {
    return "{\"user_id\":\"%s\",\"item_id\":\"%s\",\"event_type\":\"%s\",\"time_millis\":%s}"
        .formatted((Object[]) event);
  }

  /** Puts the page's tables in place of those of the same names; the topic is read to its end. */
  private static String withTopics(String script, String address) throws Exception {
    String page = Files.readString(DocFiles.root().resolve("docs/sql.md"));
    String changed = script;
    for (String name : List.of("interactions", "recommendations")) {
      Pattern table =
          Pattern.compile("CREATE TEMPORARY TABLE " + name + " \\(.*?;", Pattern.DOTALL);
      Matcher onPage = table.matcher(page);
      assertThat(onPage.find()).as(name).isTrue();
      String topic =
          onPage
              .group()
              .replace("localhost:9092", address)
              .replace(
                  "'earliest-offset'", "'earliest-offset', 'scan.bounded.mode' = 'latest-offset'");
      changed = table.matcher(changed).replaceFirst(Matcher.quoteReplacement(topic));
    }
    return changed;
  }

  private void run(String script, String... options) throws Exception {
    Path file = Files.writeString(folder.resolve("recommender.sql"), script);
    StringWriter errors = new StringWriter();
    CommandLine command =
        new CommandLine(new SqlCommand())
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(errors));
    String[] arguments =
        Stream.concat(Stream.of(file.toString()), Stream.of(options)).toArray(String[]::new);
    assertThat(command.execute(arguments)).as(() -> errors.toString()).isZero();
  }
}
