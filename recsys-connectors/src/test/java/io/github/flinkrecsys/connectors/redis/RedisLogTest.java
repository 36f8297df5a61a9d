/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is logged of a connection with a password, by us and by the client, down to DEBUG. */
class RedisLogTest {
  @TempDir Path directory;

  @Test
  void noLogHoldsThePassword() throws Exception {
    LoggerContext context = LoggerContext.getContext(false);
    LoggerConfig root = context.getConfiguration().getRootLogger();
    Level before = root.getLevel();
    Lines lines = new Lines();
    lines.start();
    root.addAppender(lines, Level.DEBUG, null);
    root.setLevel(Level.DEBUG);
    context.updateLoggers();
    try (TestRedis redis = TestRedis.start(directory, "--requirepass", "right-password")) {
      RedisConfig right = RedisConfig.server(redis.node()).password("right-password").build();
      try (TestPublisher publisher = new TestPublisher(right, RedisWriteConfig.defaults())) {
        publisher.publish("k", 1, "v");
        publisher.awaitAll();
      }
      RedisConfig wrong = RedisConfig.server(redis.node()).password("wrong-password").build();
      assertThatThrownBy(() -> new TestPublisher(wrong, RedisWriteConfig.defaults()).close())
          .isInstanceOf(IOException.class);
    } finally {
      root.setLevel(before);
      root.removeAppender(lines.getName());
      context.updateLoggers();
    }
    assertThat(lines.texts).as("the client logs its commands").anyMatch(l -> l.contains("EVAL"));
    assertThat(lines.texts)
        .noneMatch(line -> line.contains("right-password") || line.contains("wrong-password"));
  }

  /** Keeps what is logged, with stack traces. */
  private static final class Lines extends AbstractAppender {
    private final Queue<String> texts = new ConcurrentLinkedQueue<>();

    private Lines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      StringWriter text = new StringWriter();
      text.append(event.getLoggerName()).append(' ');
      text.append(event.getMessage().getFormattedMessage());
      if (event.getThrown() != null) {
        event.getThrown().printStackTrace(new PrintWriter(text));
      }
      texts.add(text.toString());
    }
  }
}
