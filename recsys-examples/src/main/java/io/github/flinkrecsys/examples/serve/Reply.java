/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer over HTTP.
 *
 * @param status HTTP status
 * @param type media type
 * @param body not changed any more
 * @param headers further ones
 */
public record Reply(int status, String type, byte[] body, Map<String, String> headers) {
  static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Makes an answer in JSON.
   *
   * @param body JSON in UTF-8
   * @return 200
   */
  public static Reply json(byte[] body) {
    return new Reply(200, "application/json", body, Map.of());
  }

  /**
   * Makes an answer in JSON.
   *
   * @param status HTTP status
   * @param body object
   * @return the answer
   */
  public static Reply json(int status, ObjectNode body) {
    try {
      return new Reply(status, "application/json", JSON.writeValueAsBytes(body), Map.of());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes an answer in plain text.
   *
   * @param type media type
   * @param text body
   * @return 200
   */
  public static Reply text(String type, String text) {
    return new Reply(200, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static Reply error(int status, String message) {
    return json(status, JSON.createObjectNode().put("error", message));
  }

  Reply with(String header, String value) {
    return new Reply(status, type, body, Map.of(header, value));
  }
}
