/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;

/** Which errors pass by themselves. */
final class RedisErrors {
  /**
   * Replies of servers that start, fail over, move slots, or are full for now. A script's error has
   * the reply with a hyphen within its own text.
   */
  private static final Pattern PASSING =
      Pattern.compile(
          "(^|-)(LOADING|BUSY|READONLY|OOM|MISCONF|NOREPLICAS|MASTERDOWN|CLUSTERDOWN|TRYAGAIN"
              + "|MOVED|ASK)\\b");

  private static final int MAX_DEPTH = 16;

  private RedisErrors() {}

  /** Whether the same attempt may succeed later, with nothing changed on this side. */
  static boolean mayPass(Throwable error) {
    return passes(error, 0);
  }

  private static boolean passes(Throwable error, int depth) {
    if (error == null || depth == MAX_DEPTH) {
      return true;
    }
    if (error instanceof RedisCommandExecutionException reply) {
      return PASSING.matcher(String.valueOf(reply.getMessage())).find();
    }
    if (error instanceof SSLHandshakeException) {
      return false;
    }
    boolean known = depth > 0 || error instanceof RedisException || error instanceof IOException;
    if (!known || !passes(error.getCause(), depth + 1)) {
      return false;
    }
    for (Throwable suppressed : error.getSuppressed()) {
      if (!passes(suppressed, depth + 1)) {
        return false;
      }
    }
    return true;
  }
}
