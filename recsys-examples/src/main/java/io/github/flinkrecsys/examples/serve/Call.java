/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request over HTTP, as handlers see it. */
public final class Call {
  private final HttpExchange exchange;
  private final String segment;

  Call(HttpExchange exchange, String segment) {
    this.exchange = exchange;
    this.segment = segment;
  }

  /**
   * Gives what stands for the parameter of the path.
   *
   * @return the last segment, decoded; empty for a path without a parameter
   */
  public String pathParameter() {
    return segment;
  }

  /**
   * Gives the values of a query parameter.
   *
   * @param name of the parameter
   * @return its values, decoded, in order
   * @throws HttpFailure if one cannot be decoded
   */
  public List<String> queryValues(String name) throws HttpFailure {
    List<String> values = new ArrayList<>();
    String query = exchange.getRequestURI().getRawQuery();
    if (query != null) {
      for (String pair : query.split("&")) {
        if (pair.startsWith(name + "=")) {
          values.add(decode(pair.substring(name.length() + 1), true));
        }
      }
    }
    return values;
  }

  /**
   * Gives a query parameter.
   *
   * @param name of the parameter
   * @return its value, decoded, or null if it is not there
   * @throws HttpFailure if it is there twice or cannot be decoded
   */
  public String query(String name) throws HttpFailure {
    List<String> values = queryValues(name);
    if (values.size() > 1) {
      throw new HttpFailure(400, name + " must be given once, got " + values.size() + " times");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /**
   * Gives a number among the query parameters.
   *
   * @param name of the parameter
   * @param missing what stands for it if it is not there
   * @param low smallest value allowed
   * @param high largest value allowed
   * @return its value
   * @throws HttpFailure if it is not a whole number within the bounds
   */
  public int query(String name, int missing, int low, int high) throws HttpFailure {
    String text = query(name);
    if (text == null) {
      return missing;
    }
    int value = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (value < low || value > high) {
      throw new HttpFailure(400, name + " must be a whole number from " + low + " to " + high);
    }
    return value;
  }

  /**
   * Reads the body of a request in JSON.
   *
   * @param maxBytes its longest length
   * @return the body
   * @throws HttpFailure if it is longer or not JSON by its media type
   * @throws IOException if the client does not send it
   */
  public byte[] jsonBody(int maxBytes) throws HttpFailure, IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!media.equals("application/json")) {
      throw new HttpFailure(415, "Content-Type must be application/json");
    }
    byte[] body = exchange.getRequestBody().readNBytes(maxBytes + 1);
    if (body.length > maxBytes) {
      throw new HttpFailure(413, "body must be at most " + maxBytes + " bytes");
    }
    return body;
  }

  static String decode(String text, boolean isQuery) throws HttpFailure {
    try {
      return URLDecoder.decode(isQuery ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new HttpFailure(400, "percent signs must be followed by two hexadecimal digits");
    }
  }
}
