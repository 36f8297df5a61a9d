/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import java.io.IOException;
import java.net.SocketException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class RedisErrorsTest {
  @Test
  void outagesPass() {
    assertPasses(new RedisConnectionException("refused"), true);
    assertPasses(new RedisCommandTimeoutException("late"), true);
    assertPasses(new SocketException("reset"), true);
    assertPasses(new IOException("wrapped", new RedisConnectionException("refused")), true);
  }

  @Test
  void repliesOfAServerInTroublePass() {
    String inScript = "ERR Error running script (call to f_0): @user_script:7: @user_script: 7: -";
    for (String reply :
        new String[] {"LOADING Redis is", "OOM command", "CLUSTERDOWN The", "ASK 1"}) {
      assertPasses(new RedisCommandExecutionException(reply), true);
      assertPasses(new RedisCommandExecutionException(inScript + reply), true);
    }
  }

  @Test
  void refusalsStay() {
    for (String reply : new String[] {"WRONGPASS invalid", "NOAUTH", "WRONGTYPE x", "ERR ASKED"}) {
      assertPasses(new RedisCommandExecutionException(reply), false);
      RedisConnectionException connecting =
          new RedisConnectionException("no", new RedisCommandExecutionException(reply));
      assertPasses(connecting, false);
      RedisConnectionException several = new RedisConnectionException("cluster");
      several.addSuppressed(connecting);
      assertPasses(several, false);
    }
    assertPasses(new RedisConnectionException("tls", new SSLHandshakeException("unknown")), false);
    assertPasses(new IllegalStateException("a bug"), false);
  }

  private static void assertPasses(Throwable error, boolean expected) {
    assertThat(RedisErrors.mayPass(error)).as(error.toString()).isEqualTo(expected);
  }
}
