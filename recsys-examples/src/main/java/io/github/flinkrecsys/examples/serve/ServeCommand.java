/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.RedisOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves over HTTP what a job has written into Redis, until it is stopped. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description =
        "Serves over HTTP, until ctrl-c, the recommendations that a job has written into Redis."
            + " To be served by a job itself, use quickstart with --keep-serving.",
    footer = "%nThe password of Redis is read from the environment variable REDIS_PASSWORD.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:stopped", "1:the service failed", "2:an option cannot be used"})
public final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RedisOptions redis = new RedisOptions();

  @Option(
      names = "--host",
      description =
          "address to listen on; others than loopback have no access control;"
              + " default: ${DEFAULT-VALUE}")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "to listen on, 0 for any that is free; default: ${DEFAULT-VALUE}")
  private int port = 8080;

  /** Makes the command, as picocli requires. */
  public ServeCommand() {}

  @Override
  public Integer call() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    Thread onInterrupt = new Thread(stopped::countDown, "stop-serve");
    try (RedisService service = open()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("Serving " + service.url());
      out.flush();
      Runtime.getRuntime().addShutdownHook(onInterrupt);
      stopped.await();
    }
    return 0;
  }

  private RedisService open() throws InputException {
    try {
      return RedisService.open(host, port, Checks.notNull("redis", redis.config()));
    } catch (IllegalArgumentException | IOException e) {
      throw new InputException(e.getMessage());
    }
  }
}
