/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client for tests; also one that sends what no decent client does. */
final class HttpProbe {
  /** For what comes within seconds on a machine that has nothing else to do. */
  static final Duration DEADLINE = Duration.ofMinutes(2);

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;

  record Answer(int status, JsonNode body, HttpResponse<String> raw) {
    String error() {
      return body.get("error").asText();
    }
  }

  HttpProbe(String base) {
    this.base = URI.create(base);
  }

  Answer get(String path) throws Exception {
    return send(HttpRequest.newBuilder(base.resolve(path)).GET());
  }

  Answer post(String path, String contentType, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer send(String method, String path) throws Exception {
    return send(
        HttpRequest.newBuilder(base.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody()));
  }

  HttpResponse<String> getText(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private Answer send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    String body = response.body();
    return new Answer(response.statusCode(), body.isEmpty() ? null : JSON.readTree(body), response);
  }

  /** Sends bytes as they are and gives the whole answer, empty if the connection was closed. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout((int) DEADLINE.toMillis());
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (SocketException e) {
        return "";
      }
    }
  }

  /** Sends bytes and then the end, after which nobody needs to wait for more. */
  String rawToTheEnd(byte[] request) throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout((int) DEADLINE.toMillis());
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (SocketException e) {
        return "";
      }
    }
  }

  /** Sends the beginning of a request, and nothing more. */
  Slow slow(String beginning) throws IOException {
    Socket socket = new Socket(base.getHost(), base.getPort());
    socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return new Slow(socket);
  }

  /** A client that never ends its request. */
  record Slow(Socket socket) implements AutoCloseable {
    boolean isCutOffWithin(Duration limit) throws IOException {
      socket.setSoTimeout((int) limit.toMillis());
      try {
        socket.getInputStream().readAllBytes();
        return true;
      } catch (SocketTimeoutException e) {
        return false;
      } catch (SocketException e) {
        return true;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  String rawGet(String target, String... headers) throws IOException {
    return raw(
        "GET "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + String.join("", headers)
            + "Connection: close\r\n\r\n");
  }
}
