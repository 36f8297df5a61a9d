/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an anonymous visitor sends.
 *
 * @param itemIds what the visitor turned to, oldest first; 1 to {@value #MAX_ITEMS}
 * @param k how many items are wanted
 * @param explain whether the parts of the scores are wanted
 */
record SessionRequest(List<String> itemIds, int k, boolean explain) {
  static final int MAX_ITEMS = 100;

  private static final Set<String> FIELDS = Set.of("itemIds", "k", "explain");
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static SessionRequest read(byte[] body) throws HttpFailure {
    JsonNode root = parse(body);
    for (String field : (Iterable<String>) root::fieldNames) {
      check(FIELDS.contains(field), "fields must be itemIds, k and explain");
    }
    JsonNode items = root.path("itemIds");
    check(
        items.isArray() && !items.isEmpty() && items.size() <= MAX_ITEMS,
        "itemIds must be an array of 1 to " + MAX_ITEMS + " strings");
    List<String> itemIds = new ArrayList<>();
    for (JsonNode item : items) {
      String id = item.isTextual() ? item.textValue() : "";
      check(
          !id.isEmpty() && id.length() <= RecommendationApi.MAX_ID_LENGTH,
          "itemIds must be strings of 1 to " + RecommendationApi.MAX_ID_LENGTH + " characters");
      itemIds.add(id);
    }
    JsonNode k = root.path("k");
    check(
        k.isMissingNode()
            || (k.isInt() && k.intValue() >= 1 && k.intValue() <= RecommendationApi.MAX_K),
        "k must be a whole number from 1 to " + RecommendationApi.MAX_K);
    JsonNode explain = root.path("explain");
    check(explain.isMissingNode() || explain.isBoolean(), "explain must be true or false");
    return new SessionRequest(
        itemIds, k.asInt(RecommendationApi.DEFAULT_K), explain.asBoolean(false));
  }

  private static JsonNode parse(byte[] body) throws HttpFailure {
    try {
      JsonNode root = JSON.readTree(body);
      check(root.isObject(), "body must be a JSON object");
      return root;
    } catch (IOException e) {
      // Jackson's text quotes the body; the client knows what it sent.
      throw new HttpFailure(400, "body must be a JSON object");
    }
  }

  private static void check(boolean holds, String message) throws HttpFailure {
    if (!holds) {
      throw new HttpFailure(400, message);
    }
  }
}
