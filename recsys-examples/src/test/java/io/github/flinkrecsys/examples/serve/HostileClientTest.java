/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.Mutator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hostile clients: wild bodies, wild requests, and such that send or read at a snail's pace. */
class HostileClientTest {
  private static final String GOOD = "{\"itemIds\":[\"a\",\"b\"],\"k\":2,\"explain\":false}";
  private static final String POST =
      "POST /recommendations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Connection: close\r\nContent-Length: "
          + GOOD.length()
          + "\r\n\r\n"
          + GOOD;
  private static final String GET =
      "GET /recommendations/u1?k=2&explain=false HTTP/1.1\r\nHost: localhost\r\n"
          + "Connection: close\r\n\r\n";

  private HttpService service;
  private HttpProbe http;

  @BeforeEach
  void start() throws IOException {
    RecommendationList list = new RecommendationList("u1", 1, 0, new ScoredItem[0]);
    Routes routes = new Routes();
    new RecommendationApi(
            user -> user.equals("u1") ? Optional.of(list) : Optional.empty(),
            (user, items, k, explain) -> CompletableFuture.completedFuture(list),
            Duration.ofSeconds(1))
        .addTo(routes);
    service = HttpService.start("127.0.0.1", 0, routes, new ServiceMetrics());
    http = new HttpProbe(service.url());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void bodies() {
    Mutator mutator = new Mutator(List.of(GOOD), "[[", "\"k\":", "\"itemIds\":[");
    Fuzz.run(
        "body of a session request",
        8_000,
        mutator::bytes,
        body -> {
          try {
            SessionRequest request = SessionRequest.read(body);
            assertThat(request.itemIds()).hasSizeBetween(1, 100).doesNotContain("");
            assertThat(request.k()).isBetween(1, 100);
            return true;
          } catch (HttpFailure e) {
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.getMessage()).contains(" must be ").hasSizeLessThan(100);
            return false;
          }
        });
  }

  @Test
  void requests() throws Exception {
    Mutator mutator =
        new Mutator(
            List.of(GET, POST),
            "\r\n\r\n",
            "Content-Length: ",
            "Transfer-Encoding: chunked\r\n",
            "Expect: 100-continue\r\n",
            "Host: evil\r\n",
            "TRACE ",
            "CONNECT ",
            "/../",
            "%2e%2e/",
            "HTTP/9.9",
            ": ");
    Fuzz.runElsewhere(
        "HTTP request",
        600,
        mutator::bytes,
        request -> {
          String answer = http.rawToTheEnd(request);
          // None at all where the JDK hangs up on what is not HTTP.
          assertThat(answer).matches("(?s)|HTTP/1\\.1 (100|200|[45]\\d\\d) .*");
          assertThat(answer).doesNotContain("at io.github", "at java.", " 500 ");
          return answer.startsWith("HTTP/1.1 200 ");
        });
    assertThat(http.get("/recommendations/u1").status()).as("still there").isEqualTo(200);
  }

  @Test
  void slowClientsAreCutOffAndKeepNobodyOutForLong() throws Exception {
    List<HttpProbe.Slow> slow = new ArrayList<>();
    try {
      // More than there are threads: half never end their headers, half never send their body.
      for (int i = 0; i < 40; i++) {
        slow.add(
            http.slow(i % 2 == 0 ? GET.substring(0, 30) : POST.substring(0, POST.length() - 9)));
      }
      long started = System.nanoTime();
      assertThat(http.get("/recommendations/u1").status()).isEqualTo(200);
      assertThat(System.nanoTime() - started).isLessThan(HttpProbe.DEADLINE.toNanos());
      for (HttpProbe.Slow client : slow) {
        assertThat(client.isCutOffWithin(HttpProbe.DEADLINE)).isTrue();
      }
    } finally {
      for (HttpProbe.Slow client : slow) {
        client.close();
      }
    }
  }

  @Test
  void aBodyThatIsLongerThanItSaysOrNeverEndsIsNotRead() throws Exception {
    String head =
        "POST /recommendations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Connection: close\r\n";
    assertThat(answer(head + "Content-Length: 9223372036854775807\r\n\r\n" + "x".repeat(70_000)))
        .startsWith("HTTP/1.1 413 ");
    assertThat(answer(head + "Content-Length: -1\r\n\r\n{}")).doesNotContain(" 200 ");
    assertThat(answer(head + "Content-Length: many\r\n\r\n{}")).doesNotContain(" 200 ");
    String chunks = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").repeat(17);
    assertThat(answer(head + "Transfer-Encoding: chunked\r\n\r\n" + chunks))
        .startsWith("HTTP/1.1 413 ");
    assertThat(answer(head + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\nx"))
        .doesNotContain(" 200 ");
    assertThat(answer(head + "Content-Length: 2\r\nContent-Encoding: gzip\r\n\r\n{}"))
        .as("nothing is decompressed")
        .startsWith("HTTP/1.1 400 ");
  }

  private String answer(String request) throws IOException {
    return http.rawToTheEnd(request.getBytes(StandardCharsets.ISO_8859_1));
  }
}
