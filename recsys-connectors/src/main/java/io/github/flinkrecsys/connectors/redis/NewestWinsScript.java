/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Writes a value unless one of a higher version is there, in one step on the server.
 *
 * <p>Versions are compared as decimal text, longer ones first: Lua's numbers are doubles, which are
 * not exact beyond 2^53.
 */
final class NewestWinsScript {
  private static final String TEXT =
      """
      local stored = redis.call('HGET', KEYS[1], '%1$s')
      local offered = ARGV[1]
      if stored and (#stored > #offered or (#stored == #offered and stored > offered)) then
        return 0
      end
      redis.call('HSET', KEYS[1], '%1$s', offered, '%2$s', ARGV[2])
      redis.call('PEXPIRE', KEYS[1], ARGV[3])
      return 1
      """
          .formatted(RedisKeys.VERSION_FIELD, RedisKeys.VALUE_FIELD);

  private final byte[] ttlMillis;
  private String sha1;

  NewestWinsScript(Duration ttl) {
    ttlMillis = RedisKeys.ascii(ttl.toMillis());
  }

  /**
   * Runs it by its hash. Fails with {@code NOSCRIPT} on a server that has not seen the text.
   *
   * @return 1 if the value was written, 0 if a newer one is there
   */
  CompletionStage<Long> run(
      RedisScriptingAsyncCommands<String, byte[]> commands, String key, PendingWrite write) {
    if (sha1 == null) {
      sha1 = commands.digest(TEXT);
    }
    return commands.evalsha(
        sha1,
        ScriptOutputType.INTEGER,
        new String[] {key},
        RedisKeys.ascii(write.version()),
        write.value(),
        ttlMillis);
  }

  /** Runs it by its text, which the server remembers. */
  CompletionStage<Long> runWithText(
      RedisScriptingAsyncCommands<String, byte[]> commands, String key, PendingWrite write) {
    return commands.eval(
        TEXT,
        ScriptOutputType.INTEGER,
        new String[] {key},
        RedisKeys.ascii(write.version()),
        write.value(),
        ttlMillis);
  }
}
