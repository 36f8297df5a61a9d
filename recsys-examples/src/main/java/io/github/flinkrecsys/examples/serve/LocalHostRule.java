/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import java.net.InetAddress;

/**
 * A server on the loopback address answers only to its local names. Otherwise any web page could
 * have its own name resolve to 127.0.0.1 and read this server through a visitor's browser.
 */
final class LocalHostRule {
  private final boolean isOn;

  LocalHostRule(InetAddress bound) {
    this.isOn = bound.isLoopbackAddress();
  }

  void check(String host) throws HttpFailure {
    if (isOn && !isLocal(host)) {
      throw new HttpFailure(400, "Host must be localhost or a loopback address");
    }
  }

  private static boolean isLocal(String host) {
    return host != null
        && host.matches("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]{1,5})?");
  }
}
