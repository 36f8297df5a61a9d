/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the file of the documentation as a user does, but for where its files are. */
class RecommenderSqlFileTest {
  @TempDir private Path folder;

  @Test
  void theFileGivesEveryUserItemsThatTheUserHasNotSeen() throws Exception {
    int exitCode =
        new CommandLine(new SqlCommand())
            .setOut(new PrintWriter(new StringWriter()))
            .execute(
                script().toString(),
                "--sample-events",
                folder.resolve("interactions.csv").toString());

    assertThat(exitCode).isZero();
    assertEveryEventHasAListOfUnseenItems();
  }

  /**
   * As files are that others have written: a line of names, and lines that are not what they say.
   */
  @Test
  void linesThatAreNoInteractionsArePassedOver() throws Exception {
    Path events = folder.resolve("interactions.csv");
    SqlCommand.writeSample(events);
    List<String> good = Files.readAllLines(events);
    List<String> lines = new ArrayList<>(good);
    lines.add(0, "user_id,item_id,event_type,time_millis");
    lines.add(500, "u1,i1,view,");
    lines.add(501, "u1,i1,view,yesterday");
    lines.add(502, "u1,,view," + good.get(0).split(",")[3]);
    lines.add(503, "not,enough");
    lines.add(504, "u1,i1,view,-5");
    lines.add(505, "u1,i1,view," + good.get(0).split(",")[3] + "000");
    Files.write(events, lines);

    int exitCode =
        new CommandLine(new SqlCommand())
            .setOut(new PrintWriter(new StringWriter()))
            .execute(script().toString());

    assertThat(exitCode).isZero();
    Files.write(events, good);
    assertEveryEventHasAListOfUnseenItems();
  }

  @Test
  void theFileRunsInFlinksOwnSqlClient() throws Exception {
    Files.writeString(
        folder.resolve("config.yaml"),
        "execution.target: local\ntaskmanager.numberOfTaskSlots: 4\n");
    SqlCommand.writeSample(folder.resolve("interactions.csv"));
    Path log = folder.resolve("client.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String opened : List.of("lang", "util", "time")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.apache.flink.table.client.SqlClient", "-f", script().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("FLINK_CONF_DIR", folder.toString());
    Process client = builder.start();
    try {
      assertThat(client.waitFor(5, TimeUnit.MINUTES)).as("the SQL client has ended").isTrue();
    } finally {
      client.destroyForcibly();
    }

    assertThat(client.exitValue()).as(Files.readString(log)).isZero();
    assertEveryEventHasAListOfUnseenItems();
  }

  private Path script() throws IOException {
    return Files.writeString(
        folder.resolve("recommender.sql"),
        resource("/sql/recommender.sql")
            .replace("'interactions.csv'", "'" + folder.resolve("interactions.csv") + "'")
            .replace("'out/", "'" + folder.resolve("out") + "/"));
  }

  private void assertEveryEventHasAListOfUnseenItems() throws IOException {
    List<String> events = Files.readAllLines(folder.resolve("interactions.csv"));
    List<JsonNode> lists = lines("recommendations");
    assertThat(lists).hasSameSizeAs(events);
    Set<String> seen = new HashSet<>();
    List<String> shownAgain = new ArrayList<>();
    for (int n = 0; n < events.size(); n++) {
      String[] event = events.get(n).split(",");
      seen.add(event[0] + " " + event[1]);
      String user = lists.get(n).get("user_id").asText();
      assertThat(user).isEqualTo(event[0]);
      for (JsonNode item : lists.get(n).get("items")) {
        if (seen.contains(user + " " + item.get("item_id").asText())) {
          shownAgain.add(event[0] + " at " + n + ": " + item);
        }
      }
    }
    assertThat(shownAgain).isEmpty();
    assertThat(lists.get(events.size() - 1).get("items")).hasSize(10);
    assertThat(lines("sessions").stream().mapToInt(s -> s.get("item_ids").size()).sum())
        .isEqualTo(events.size());
    assertThat(lines("trending")).isNotEmpty();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RecommenderSqlFileTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<JsonNode> lines(String table) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("out").resolve(table))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(new ObjectMapper().readTree(line));
        }
      }
    }
    return lines;
  }
}
