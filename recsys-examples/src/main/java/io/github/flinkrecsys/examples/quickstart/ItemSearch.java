/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.flinkrecsys.examples.serve.Call;
import io.github.flinkrecsys.examples.serve.HttpFailure;
import io.github.flinkrecsys.examples.serve.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Titles by id, and items by a part of their title or id. */
final class ItemSearch {
  private static final int MAX_FOUND = 12;
  private static final int MAX_IDS = 50;
  private static final int MAX_TEXT = 100;

  private final Map<String, String> titleOf;

  ItemSearch(Map<String, String> titleOf) {
    this.titleOf = new TreeMap<>(titleOf);
  }

  String title(String itemId) {
    return titleOf.getOrDefault(itemId, itemId);
  }

  /** Answers {@code ?q=text}, or {@code ?id=one&id=other}. */
  Reply serve(Call call) throws HttpFailure {
    List<String> ids = call.queryValues("id");
    String text = call.query("q");
    if (ids.size() > MAX_IDS || (text != null && text.length() > MAX_TEXT)) {
      throw new HttpFailure(
          400, "q must be at most " + MAX_TEXT + " characters, and id given " + MAX_IDS + " times");
    }
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    if (text == null) {
      ids.forEach(id -> add(items, id));
    } else {
      String part = text.toLowerCase(Locale.ROOT);
      titleOf.keySet().stream()
          .filter(id -> matches(id, part))
          .limit(MAX_FOUND)
          .forEach(id -> add(items, id));
    }
    return Reply.json(items.toString().getBytes(StandardCharsets.UTF_8));
  }

  private boolean matches(String id, String part) {
    return id.toLowerCase(Locale.ROOT).contains(part)
        || title(id).toLowerCase(Locale.ROOT).contains(part);
  }

  private void add(ArrayNode items, String id) {
    items.addObject().put("itemId", id).put("title", title(id));
  }
}
