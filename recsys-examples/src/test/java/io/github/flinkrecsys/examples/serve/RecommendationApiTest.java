/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScorePart;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service as a client sees it, over real HTTP on the loopback address. */
class RecommendationApiTest {
  private static final String JSON = "application/json";

  private final Map<String, RecommendationList> kept =
      Map.of("u 1/ä", list("u 1/ä", "a", "b", "c"), "u2", list("u2", "x"));
  private volatile LiveRecommender live = RecommendationApiTest::echo;
  private boolean storeFails;
  private HttpService service;
  private HttpProbe http;

  @BeforeEach
  void start() throws IOException {
    Routes routes = new Routes();
    ServiceMetrics metrics = new ServiceMetrics();
    LiveRecommender delegate = (user, items, k, explain) -> live.ask(user, items, k, explain);
    new RecommendationApi(this::read, delegate, Duration.ofMillis(300)).addTo(routes);
    routes.add("GET", "/metrics", call -> Reply.text(ServiceMetrics.TYPE, metrics.text()));
    routes.add(
        "GET",
        "/broken",
        call -> {
          throw new IllegalStateException("secret");
        });
    service = HttpService.start("127.0.0.1", 0, routes, metrics);
    http = new HttpProbe(service.url());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Optional<RecommendationList> read(String userId) throws IOException {
    if (storeFails) {
      throw new IOException("password=hunter2");
    }
    return Optional.ofNullable(kept.get(userId));
  }

  private static CompletableFuture<RecommendationList> echo(
      String userId, List<String> itemIds, int k, boolean explain) {
    String[] items =
        itemIds.stream()
            .limit(k)
            .map(id -> (explain ? "why-" : "next-") + id)
            .toArray(String[]::new);
    return CompletableFuture.completedFuture(list(userId, items));
  }

  private static RecommendationList list(String userId, String... itemIds) {
    ScoredItem[] items = new ScoredItem[itemIds.length];
    for (int i = 0; i < items.length; i++) {
      ScorePart[] parts = {new ScorePart("factors", 0.5f)};
      items[i] = new ScoredItem(itemIds[i], 1f / (i + 1), "factors", i == 0 ? null : "seen", parts);
    }
    return new RecommendationList(userId, 1234, 0, items);
  }

  @Test
  void aUsersListIsGivenWithSourceAndReason() throws Exception {
    HttpProbe.Answer answer = http.get("/recommendations/u%201%2F%C3%A4?k=2");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.raw().headers().firstValue("Content-Type")).hasValue(JSON);
    assertThat(answer.body().get("userId").asText()).isEqualTo("u 1/ä");
    assertThat(answer.body().get("generatedAtMillis").asLong()).isEqualTo(1234);
    assertThat(answer.body().get("items")).hasSize(2);
    var second = answer.body().get("items").get(1);
    assertThat(second.get("itemId").asText()).isEqualTo("b");
    assertThat(second.get("source").asText()).isEqualTo("factors");
    assertThat(second.get("becauseItemId").asText()).isEqualTo("seen");
    assertThat(answer.body().get("items").get(0).get("becauseItemId").isNull()).isTrue();
  }

  @Test
  void aSessionIsAnsweredByTheJob() throws Exception {
    HttpProbe.Answer plain = http.post("/recommendations", JSON, "{\"itemIds\":[\"a\",\"b\"]}");
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.body().get("items").get(1).get("itemId").asText()).isEqualTo("next-b");
    HttpProbe.Answer explained =
        http.post(
            "/recommendations",
            "Application/JSON; charset=utf-8",
            "{\"itemIds\":[\"a\",\"b\"],\"k\":1,\"explain\":true}");
    assertThat(explained.body().get("items")).hasSize(1);
    assertThat(explained.body().get("items").get(0).get("itemId").asText()).isEqualTo("why-a");
    assertThat(explained.body().get("items").get(0).get("parts").get(0).get("score").asDouble())
        .isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/recommendations/u2?k=0|400|k must be a whole number from 1 to 100",
        "/recommendations/u2?k=101|400|k must be a whole number from 1 to 100",
        "/recommendations/u2?k=1e1|400|k must be a whole number from 1 to 100",
        "/recommendations/u2?k=|400|k must be a whole number from 1 to 100",
        "/recommendations/u2?k=1&k=2|400|k must be given once, got 2 times",
        "/recommendations/u2?explain=yes|400|explain must be true or false",
        "/recommendations/nobody|404|no recommendations are kept for this user",
        "/recommendations/|404|nothing is here",
        "/recommendations/u2/more|404|nothing is here",
        "/recommendations/{userId}|404|no recommendations are kept for this user",
        "/|404|nothing is here",
        "/broken|500|something went wrong here",
      })
  void whatCannotBeServedIsOneErrorInJson(String path, int status, String error) throws Exception {
    HttpProbe.Answer answer = http.get(path.replace("{", "%7B").replace("}", "%7D"));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.error()).isEqualTo(error);
    assertThat(answer.body()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{}",
        "{\"itemIds\":[]}",
        "{\"itemIds\":\"a\"}",
        "{\"itemIds\":[1]}",
        "{\"itemIds\":[\"\"]}",
        "{\"itemIds\":[null]}",
        "{\"itemIds\":[\"a\"],\"k\":0}",
        "{\"itemIds\":[\"a\"],\"k\":101}",
        "{\"itemIds\":[\"a\"],\"k\":1.5}",
        "{\"itemIds\":[\"a\"],\"k\":\"3\"}",
        "{\"itemIds\":[\"a\"],\"k\":99999999999}",
        "{\"itemIds\":[\"a\"],\"explain\":1}",
        "{\"itemIds\":[\"a\"],\"userId\":\"u\"}",
        "{\"itemIds\":[\"a\"],\"itemIds\":[\"b\"]}",
        "{\"itemIds\":[\"a\"]} x",
        "{\"itemIds\":[[[[[[[[[[[[\"a\"]]]]]]]]]]]]}"
      })
  void aBadSessionIsRefused(String body) throws Exception {
    HttpProbe.Answer answer = http.post("/recommendations", JSON, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).contains(" must be ");
  }

  @Test
  void sizesAreBounded() throws Exception {
    String ids = IntStream.range(0, 101).mapToObj(i -> "\"i" + i + "\"").toList().toString();
    assertThat(http.post("/recommendations", JSON, "{\"itemIds\":" + ids + "}").status())
        .isEqualTo(400);
    String longId = "x".repeat(RecommendationApi.MAX_ID_LENGTH + 1);
    assertThat(http.post("/recommendations", JSON, "{\"itemIds\":[\"" + longId + "\"]}").status())
        .isEqualTo(400);
    assertThat(http.get("/recommendations/" + longId).status()).isEqualTo(400);
    String spaces = " ".repeat(RecommendationApi.MAX_BODY_BYTES);
    HttpProbe.Answer tooLong =
        http.post("/recommendations", JSON, "{\"itemIds\":[\"a\"]}" + spaces);
    assertThat(tooLong.status()).isEqualTo(413);
    assertThat(tooLong.error()).isEqualTo("body must be at most 65536 bytes");
    assertThat(http.get("/recommendations/u2?k=1&x=" + "y".repeat(5000)).status()).isEqualTo(414);
  }

  @Test
  void endlessHeadersAndLinesAreCutOff() throws Exception {
    String big = "X-Big: " + "y".repeat(HttpService.MAX_HEADER_BYTES) + "\r\n";
    assertThat(http.rawGet("/recommendations/u2", big)).doesNotContain(" 200 ");
    String many =
        IntStream.range(0, 100).mapToObj(i -> "X-" + i + ": 1\r\n").reduce("", String::concat);
    assertThat(http.rawGet("/recommendations/u2", many)).doesNotContain(" 200 ");
    assertThat(http.rawGet("/" + "a".repeat(100_000))).doesNotContain(" 200 ");
    assertThat(http.get("/recommendations/u2").status()).as("still there").isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "X-ANY"})
  void otherMethodsAreNotAllowed(String method) throws Exception {
    HttpProbe.Answer answer = http.send(method, "/recommendations/u2");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.error()).isEqualTo("method must be GET");
    assertThat(answer.raw().headers().firstValue("Allow")).hasValue("GET");
    assertThat(http.get("/recommendations").status()).isEqualTo(405);
  }

  @Test
  void aHeadRequestHasTheHeadersOnly() throws Exception {
    HttpProbe.Answer answer = http.send("HEAD", "/recommendations/u2");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
  void aBodyMustBeJson(String type) throws Exception {
    HttpProbe.Answer answer = http.post("/recommendations", type, "{\"itemIds\":[\"a\"]}");
    assertThat(answer.status()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/recommendations/../metrics/../../etc/passwd",
        "/recommendations/..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/recommendations/%zz",
        "/recommendations/%",
        "/page/../META-INF/MANIFEST.MF",
        "*",
        "http://elsewhere.example/recommendations/none"
      })
  void pathsLeadNowhereElse(String target) throws Exception {
    String answer = http.rawGet(target);
    assertThat(answer).containsPattern("^HTTP/1.1 40[04] ").doesNotContain("root:", "Manifest");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "localhost:80, 200",
    "127.0.0.1, 200",
    "[::1]:8080, 200",
    "rebound.example, 400",
    "127.0.0.1.example, 400"
  })
  void onlyLocalNamesAreAnsweredOnTheLoopbackAddress(String host, int status) throws Exception {
    String answer =
        http.raw(
            "GET /recommendations/u2 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void nobodyWhoAnswersIsServiceUnavailable() throws Exception {
    String session = "{\"itemIds\":[\"a\"]}";
    CompletableFuture<RecommendationList> never = new CompletableFuture<>();
    live = (user, items, k, explain) -> never;
    HttpProbe.Answer late = http.post("/recommendations", JSON, session);
    assertThat(late.status()).isEqualTo(503);
    assertThat(late.error()).isEqualTo("the job did not answer within 300 ms");
    assertThat(late.raw().headers().firstValue("Retry-After")).hasValue("1");
    assertThat(never).as("forgotten").isCancelled();

    live =
        (user, items, k, explain) ->
            CompletableFuture.failedFuture(
                new RejectedExecutionException("no job is running here"));
    assertThat(http.post("/recommendations", JSON, session).error())
        .isEqualTo("no job is running here");

    storeFails = true;
    HttpProbe.Answer broken = http.get("/recommendations/u2");
    assertThat(broken.status()).isEqualTo(503);
    assertThat(broken.error()).doesNotContain("hunter2");
  }

  @Test
  void requestsAreCountedByRouteAndStatus() throws Exception {
    http.get("/recommendations/u2");
    http.get("/recommendations/nobody");
    http.get("/somewhere-else-" + System.nanoTime());
    var metrics = http.getText("/metrics");
    assertThat(metrics.headers().firstValue("Content-Type")).hasValue(ServiceMetrics.TYPE);
    assertThat(metrics.body())
        .contains(
            "recsys_http_requests_total{route=\"/recommendations/{userId}\",status=\"200\"} 1\n",
            "recsys_http_requests_total{route=\"/recommendations/{userId}\",status=\"404\"} 1\n",
            "recsys_http_requests_total{route=\"none\",status=\"404\"} 1\n",
            "recsys_http_request_seconds_bucket{route=\"none\",le=\"+Inf\"} 1\n",
            "recsys_http_request_seconds_count{route=\"/recommendations/{userId}\"} 2\n")
        .doesNotContain("nobody", "somewhere-else");
  }
}
