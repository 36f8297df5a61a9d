/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flinkrecsys.examples.JobOptions;
import io.github.flinkrecsys.examples.stream.ShopStreamConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page and the API of a running job, as a visitor uses them. */
class LivePageTest {
  private static final int EVENTS = 4000;
  private static final ShopStreamConfig SHOP =
      ShopStreamConfig.builder().events(EVENTS).seed(42).build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private static LivePage page;
  private static JobClient job;
  private static Thread looks;

  @BeforeAll
  static void start() throws Exception {
    page = LivePage.open(0, true, ItemTitles.read(null, null, SHOP));
    QuickstartOptions options =
        new QuickstartOptions(
            null,
            null,
            InputFormat.movielens,
            Double.NEGATIVE_INFINITY,
            SHOP,
            Duration.ofMinutes(10),
            0,
            0,
            JobOptions.of(2),
            16,
            10,
            1,
            null,
            null,
            false);
    job = new QuickstartJob(options, page).build().executeAsync("page test");
    looks = new Thread(LivePageTest::look, "looks");
    looks.setDaemon(true);
    looks.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
    while (live().get("events").asLong() < EVENTS || live().get("trending").isEmpty()) {
      assertThat(System.nanoTime()).as("all events read in time").isLessThan(end);
      Thread.sleep(100);
    }
  }

  private static void look() {
    try {
      while (true) {
        Map<String, Object> accumulators = job.getAccumulators().get();
        page.show((Totals) accumulators.getOrDefault(TotalsAccumulator.NAME, new Totals()));
        Thread.sleep(200);
      }
    } catch (Exception ended) {
      // The test is over.
    }
  }

  @AfterAll
  static void stop() throws Exception {
    looks.interrupt();
    job.cancel().get(30, TimeUnit.SECONDS);
    page.close();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(page.url() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode live() throws Exception {
    return JSON.readTree(get("/live.json").body());
  }

  private static JsonNode session(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(page.url() + "/recommendations"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  @Test
  void theRunningJobAnswersSessionsAndUsers() throws Exception {
    JsonNode trending = live().get("trending");
    String one = trending.get(0).get("itemId").asText();
    String other = trending.get(5).get("itemId").asText();
    JsonNode first = session("{\"itemIds\":[\"" + one + "\"],\"k\":7,\"explain\":true}");
    JsonNode again = session("{\"itemIds\":[\"" + one + "\"],\"k\":7,\"explain\":true}");
    JsonNode second = session("{\"itemIds\":[\"" + one + "\",\"" + other + "\"],\"k\":7}");
    assertThat(first.get("items")).hasSize(7);
    assertThat(first.get("items").get(0).get("parts").size()).isGreaterThan(3);
    assertThat(second.get("items").get(0).get("parts")).isEmpty();
    assertThat(ids(again)).as("the same session, the same list").isEqualTo(ids(first));
    assertThat(ids(second)).isNotEqualTo(ids(first)).doesNotContain(one, other);

    String user = live().get("users").get(0).asText();
    JsonNode kept = JSON.readTree(get("/recommendations/" + user + "?k=5").body());
    JsonNode asked = JSON.readTree(get("/recommendations/" + user + "?k=5&explain=true").body());
    assertThat(kept.get("items")).hasSize(5);
    assertThat(asked.get("userId").asText()).isEqualTo(user);
    assertThat(asked.get("items").get(0).get("parts").size()).isGreaterThan(3);
    assertThat(live().get("events").asLong()).as("answers are no events").isEqualTo(EVENTS);
  }

  private static Set<String> ids(JsonNode list) {
    Set<String> ids = new HashSet<>();
    list.get("items").forEach(item -> ids.add(item.get("itemId").asText()));
    return ids;
  }

  @Test
  void theJobsFiguresAreShown() throws Exception {
    JsonNode live = live();
    assertThat(live.get("served").asBoolean()).isTrue();
    assertThat(live.get("recall").get("windowEndMillis").size()).isPositive();
    assertThat(live.get("recall").get("bySource").get("blend").size())
        .isEqualTo(live.get("recall").get("windowEndMillis").size());
    assertThat(live.get("replicaItems").asInt()).isBetween(100, 2400);
    assertThat(live.get("replicaLagMillis").asInt()).isZero();
    assertThat(live.get("trending").get(0).get("title").asText()).contains(" ");
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body())
        .containsPattern("recsys_replica_items [0-9]+\n")
        .containsPattern("recsys_lists_kept [0-9]+\n");
    String title = live.get("trending").get(0).get("title").asText();
    assertThat(get("/items.json?q=" + title.substring(title.length() - 4)).body()).contains(title);
  }

  @Test
  void thePageAllowsNothingFromElsewhere() throws Exception {
    HttpResponse<String> index = get("/");
    assertThat(index.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    for (String file : new String[] {"/", "/page.css", "/page.js", "/chart.js", "/explorer.js"}) {
      assertThat(get(file).body().replace("http://www.w3.org/2000/svg", ""))
          .as(file)
          .doesNotContainPattern("(https?:)?//[a-z]+[.]");
    }
  }

  private static Chromium browser(String name) throws Exception {
    Optional<String> executable = Chromium.installed();
    assumeTrue(executable.isPresent(), "SKIPPED: no Chromium on the path");
    return Chromium.start(executable.get(), folder.resolve(name));
  }

  @Test
  void aSessionIsBuiltByTheKeyboardAloneAndTheListFollows() throws Exception {
    try (Chromium browser = browser("keyboard")) {
      browser.size(1280, 1000);
      browser.open(page.url() + "/");
      browser.await("document.querySelectorAll('#found button').length > 2");
      tabTo(browser, "#search");
      browser.type("jacket");
      browser.await("document.getElementById('found-title').textContent === 'Found'");
      tabTo(browser, "#found button");
      assertThat(browser.eval("getComputedStyle(document.activeElement).outlineStyle").asText())
          .as("the focus shows")
          .isEqualTo("solid");
      browser.press("Enter");
      browser.await("document.querySelectorAll('#list li').length === 10");
      String first = browser.eval("document.getElementById('list').textContent").asText();
      assertThat(first).contains("score", "because of");
      assertThat(browser.eval("document.querySelectorAll('#list .bar span').length").asInt())
          .isPositive();

      tabTo(browser, "#list button");
      browser.press("Enter");
      browser.await("document.querySelectorAll('#session li').length === 2");
      browser.await(
          "document.getElementById('list-note').textContent.startsWith('For a visitor who turned to"
              + " 2 items')");
      assertThat(browser.eval("document.getElementById('list').textContent").asText())
          .isNotEqualTo(first);
      assertThat(browser.complaints).isEmpty();
      assertThat(browser.requests)
          .isNotEmpty()
          .allMatch(url -> url.startsWith(page.url() + "/") || url.equals("about:blank"));
    }
  }

  private static void tabTo(Chromium browser, String selector) throws Exception {
    for (int presses = 0; presses < 100; presses++) {
      browser.press("Tab");
      if (browser.eval("document.activeElement.matches('" + selector + "')").asBoolean()) {
        return;
      }
    }
    throw new AssertionError(selector + " must be reached by Tab, got nowhere in 100 presses");
  }

  @Test
  void aUserOfTheStreamIsPickedAndExplained() throws Exception {
    try (Chromium browser = browser("user")) {
      browser.open(page.url() + "/");
      browser.await("document.querySelectorAll('#users button').length > 2");
      browser.eval("document.getElementById('mode-user').click()");
      browser.eval("document.querySelector('#users button').click()");
      browser.await("document.querySelectorAll('#list .parts').length === 10");
      assertThat(browser.eval("document.querySelectorAll('#list .source').length").asInt())
          .isEqualTo(10);
      browser.await("document.querySelectorAll('#chart path').length > 2");
      assertThat(
              browser.eval("document.getElementById('chart').getAttribute('aria-label')").asText())
          .contains("blend", "popularity");
      assertThat(browser.complaints).isEmpty();
    }
  }

  @Test
  void itFitsAPhoneAndFollowsTheColourScheme() throws Exception {
    try (Chromium browser = browser("phone")) {
      browser.size(360, 740);
      browser.open(page.url() + "/");
      browser.await("document.querySelectorAll('#found button').length > 2");
      browser.eval("document.querySelector('#found button').click()");
      browser.await("document.querySelectorAll('#list .parts').length === 10");
      browser.eval("document.querySelector('details').open = true");
      assertThat(browser.eval("document.documentElement.scrollWidth").asInt()).isEqualTo(360);

      for (String scheme : new String[] {"light", "dark"}) {
        browser.colorScheme(scheme);
        assertThat(browser.eval(Contrast.SCRIPT).toString())
            .as("text of less contrast than 4.5 in the %s scheme", scheme)
            .isEqualTo("[]");
      }
      assertThat(browser.eval("getComputedStyle(document.body).backgroundColor").asText())
          .as("dark")
          .isEqualTo("rgb(14, 19, 25)");
      assertThat(browser.eval(UNNAMED).toString()).as("controls without a name").isEqualTo("[]");
    }
  }

  private static final String UNNAMED =
      """
      [...document.querySelectorAll('button, input, [role=img], [role=region]')]
        .filter(node => !node.getAttribute('aria-label') && !node.textContent.trim()
          && !(node.labels && node.labels.length))
        .map(node => node.outerHTML)
      """;
}
