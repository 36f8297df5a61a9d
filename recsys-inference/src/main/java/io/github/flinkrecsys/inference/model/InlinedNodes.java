/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import it.unimi.dsi.fastutil.objects.Object2LongOpenHashMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the nodes that a model comes to when each call of one of its own functions is replaced by
 * the function's nodes, as the runtime does: functions that call one another twice double it with
 * each of them, so a kilobyte can be a billion nodes. Memory: about 100 bytes per function and per
 * operator that it names.
 */
final class InlinedNodes {
  /** Of the nodes that come from functions, in a whole model. */
  static final long MAX_NODES = 100_000;

  /** Functions of a model, and names of operators in it. */
  static final int MAX_NAMES = 10_000;

  private final Map<String, Body> functions = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  /** Nodes that run once each time that what they are in is called: how many of each operator. */
  static final class Body {
    private static final long UNKNOWN = -1;
    private static final long BEING_COUNTED = -2;

    private final Object2LongOpenHashMap<String> calls = new Object2LongOpenHashMap<>();
    private long nodes;
    private long inlined = UNKNOWN;
  }

  /** Adds a node; false if the model has too many names of operators. */
  boolean call(Body from, String operator) {
    String name = names.computeIfAbsent(operator, same -> same);
    from.calls.addTo(name, 1);
    from.nodes++;
    return names.size() <= MAX_NAMES;
  }

  /** Adds a function; false if it is one too many, or one of a name that another has. */
  boolean add(String name, Body body) {
    return functions.putIfAbsent(name, body) == null && functions.size() <= MAX_NAMES;
  }

  /**
   * Counts the nodes that functions bring into a body, up to somewhat more than {@link #MAX_NODES},
   * which is also what comes of a function that calls itself.
   */
  long inlined(Body body) {
    if (body.inlined == Body.BEING_COUNTED) {
      return MAX_NODES + 1;
    }
    if (body.inlined == Body.UNKNOWN) {
      body.inlined = Body.BEING_COUNTED;
      body.inlined = count(body);
    }
    return body.inlined;
  }

  private long count(Body body) {
    long sum = 0;
    for (Object2LongOpenHashMap.Entry<String> call : body.calls.object2LongEntrySet()) {
      Body callee = functions.get(call.getKey());
      if (callee != null) {
        long each = Math.min(callee.nodes, MAX_NODES) + inlined(callee);
        // Neither factor is larger than a file has bytes, or than twice the bound.
        sum = Math.min(MAX_NODES + 1, sum + call.getLongValue() * each);
      }
    }
    return sum;
  }
}
