/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven by the DevTools protocol over the JDK's WebSocket. */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");
  private static final String LISTENING = "DevTools listening on ";
  private static final int SECONDS = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the page complained about, and what it asked the network for. */
  final List<String> complaints = new CopyOnWriteArrayList<>();

  final List<String> requests = new CopyOnWriteArrayList<>();

  private final Process process;
  private final Map<Long, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private WebSocket socket;
  private String session;

  private Chromium(Process process) {
    this.process = process;
  }

  /** Finds a browser on the path. */
  static Optional<String> installed() {
    return NAMES.stream()
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(directory -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  static Chromium start(String executable, Path profile) throws Exception {
    Process process =
        new ProcessBuilder(
                executable,
                "--headless=new",
                "--no-sandbox", // Root, as in containers, has none; only this test's page is shown.
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Chromium chromium = new Chromium(process);
    try {
      chromium.connect();
      return chromium;
    } catch (Exception e) {
      chromium.close();
      throw e;
    }
  }

  private void connect() throws Exception {
    CompletableFuture<String> address = new CompletableFuture<>();
    Thread reader = new Thread(() -> readErrors(address), "chromium-stderr");
    reader.setDaemon(true);
    reader.start();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address.get(SECONDS, TimeUnit.SECONDS)), new Listener())
            .get(SECONDS, TimeUnit.SECONDS);
    String target =
        send("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    session =
        send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      send(domain + ".enable", Map.of());
    }
  }

  private void readErrors(CompletableFuture<String> address) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(LISTENING)) {
          address.complete(line.substring(LISTENING.length()));
        }
      }
      address.completeExceptionally(new IOException("the browser ended"));
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        String message = text.toString();
        text.setLength(0);
        receive(message);
      }
      from.request(1);
      return null;
    }
  }

  private void receive(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      if (message.has("id")) {
        CompletableFuture<JsonNode> reply = replies.remove(message.get("id").asLong());
        if (reply != null) {
          reply.complete(message);
        }
        return;
      }
      JsonNode params = message.path("params");
      switch (message.path("method").asText()) {
        case "Runtime.exceptionThrown" -> complaints.add(params.get("exceptionDetails").toString());
        case "Runtime.consoleAPICalled" -> complaints.add(params.get("args").toString());
        case "Log.entryAdded" -> complaints.add(params.get("entry").toString());
        case "Network.requestWillBeSent" -> requests.add(params.get("request").get("url").asText());
        default -> {}
      }
    } catch (IOException e) {
      complaints.add(e.toString());
    }
  }

  private JsonNode send(String method, Map<String, ?> params) throws Exception {
    long id = lastId.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(params));
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    replies.put(id, reply);
    socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
    JsonNode answer = reply.get(SECONDS, TimeUnit.SECONDS);
    if (answer.has("error")) {
      throw new IOException(method + ": " + answer.get("error"));
    }
    return answer.get("result");
  }

  void open(String url) throws Exception {
    send("Page.navigate", Map.of("url", url));
    await("document.readyState === 'complete'");
  }

  void size(int width, int height) throws Exception {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  void colorScheme(String value) throws Exception {
    Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", value);
    send("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /** Evaluates JavaScript and gives its value. */
  JsonNode eval(String expression) throws Exception {
    JsonNode result =
        send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Waits until an expression holds. */
  void await(String expression) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!eval("!!(" + expression + ")").asBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("within " + SECONDS + " s it never held that " + expression);
      }
      Thread.sleep(50);
    }
  }

  /** Presses a key as a person does: {@code Tab}, {@code Enter}. */
  void press(String key) throws Exception {
    int code = key.equals("Tab") ? 9 : 13;
    String text = key.equals("Enter") ? "\r" : "";
    for (String type : List.of(text.isEmpty() ? "rawKeyDown" : "keyDown", "keyUp")) {
      send(
          "Input.dispatchKeyEvent",
          Map.of(
              "type", type, "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text));
    }
  }

  void type(String text) throws Exception {
    send("Input.insertText", Map.of("text", text));
  }

  void screenshot(Path file) throws Exception {
    JsonNode shot =
        send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", false));
    Files.write(file, Base64.getDecoder().decode(shot.get("data").asText()));
  }

  @Override
  public void close() {
    if (socket != null) {
      // It then removes what it left in its profile.
      session = null;
      socket.sendText("{\"id\":0,\"method\":\"Browser.close\"}", true);
    } else {
      process.destroy();
    }
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
