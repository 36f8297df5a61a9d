/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import io.github.flinkrecsys.core.util.Checks;

/** Host and port of a server. */
record RedisNode(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /** Reads {@code host:port}; the host may be an IPv6 address in brackets. */
  static RedisNode parse(String node) {
    int colon = node.lastIndexOf(':');
    String host = colon < 0 ? "" : node.substring(0, colon);
    String port = node.substring(colon + 1);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    boolean valid =
        !host.isBlank()
            && (bracketed ? host.length() > 2 : host.indexOf(':') < 0)
            && host.indexOf('@') < 0
            && port.matches("[0-9]{1,5}")
            && Integer.parseInt(port) >= 1
            && Integer.parseInt(port) <= MAX_PORT;
    // The text is not shown: somebody may have put a whole URI with a password there.
    Checks.require(valid, "node", "host:port", "something else");
    return new RedisNode(
        bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
  }
}
