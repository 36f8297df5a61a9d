/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which handler serves which path. A path is served as it stands: nothing is resolved, so that
 * {@code ..} leads nowhere. The last segment may be a parameter, written as {@code {name}}.
 */
public final class Routes {
  /** Serves a request. */
  public interface Handler {
    /**
     * Serves a request.
     *
     * @param call the request
     * @return the answer
     * @throws HttpFailure if it cannot be served, for the client to read
     * @throws Exception if something is wrong here, which becomes a 500
     */
    Reply handle(Call call) throws Exception;
  }

  /** What a path leads to; {@code parameter} is still encoded. */
  record Match(String pattern, Map<String, Handler> byMethod, String parameter) {}

  private final Map<String, Map<String, Handler>> exact = new LinkedHashMap<>();
  private final Map<String, String> patternOfPrefix = new LinkedHashMap<>();

  /** Makes routes that lead nowhere. */
  public Routes() {}

  /**
   * Adds a route.
   *
   * @param method GET, which serves HEAD too, or POST
   * @param pattern path
   * @param handler called by many threads at once
   * @return this
   */
  public Routes add(String method, String pattern, Handler handler) {
    exact.computeIfAbsent(pattern, p -> new TreeMap<>()).put(method, handler);
    int brace = pattern.indexOf('{');
    if (brace > 0) {
      patternOfPrefix.put(pattern.substring(0, brace), pattern);
    }
    return this;
  }

  /** Finds the route of a raw path, or null. */
  Match find(String rawPath) {
    if (!rawPath.contains("{") && exact.containsKey(rawPath)) {
      return new Match(rawPath, exact.get(rawPath), "");
    }
    int slash = rawPath.lastIndexOf('/');
    String pattern = patternOfPrefix.get(rawPath.substring(0, slash + 1));
    if (pattern == null || slash + 1 == rawPath.length()) {
      return null;
    }
    return new Match(pattern, exact.get(pattern), rawPath.substring(slash + 1));
  }
}
