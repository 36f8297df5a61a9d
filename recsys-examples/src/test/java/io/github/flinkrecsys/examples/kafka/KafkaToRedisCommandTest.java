/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.examples.InputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class KafkaToRedisCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--k 0 | k must be between 1 and 1000, got 0",
        "--parallelism 0 | parallelism must be between 1 and 128, got 0",
        "--items interactions | topics must be distinct, got",
        "--profiles profiles | enriched must be given with profiles, and only with them, got null",
        "--on-request | requests must be given with on-request, got null",
        "--idleness PT0S | idleness must be between 1 ms",
        "--transaction-timeout PT5S | transaction-timeout must be longer than"
            + " checkpoint-interval (PT5S), got PT5S",
        "--property group.id=mine | property must be one that the job does not set, got group.id",
        "--redis nowhere | node",
        "--model /no/such/model | model must be a file or folder that exists, got /no/such/model",
        "--restore /no/such/point | restore must be a file or folder that exists, got",
        "--restore gopher://point | restore must be a path that can be read, got gopher://point",
        "--redis-tls | redis must be given with its other options, got null"
      })
  void badOptionsAreRefusedBeforeAnythingStarts(String options, String message) {
    assertThat(run(("--bootstrap-servers localhost:1 " + options).split(" "))).isEqualTo(2);
    assertThat(errors.toString()).contains(message);
  }

  @Test
  void theHelpNamesEveryTopic() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "--interactions",
            "--requests",
            "--items",
            "--profiles",
            "--recommendations",
            "--enriched",
            "--dead-letters");
  }

  private int run(String... args) {
    return new CommandLine(new KafkaToRedisCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(errors))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              errors.append(failure.getMessage());
              return failure instanceof InputException ? 2 : 1;
            })
        .execute(args);
  }
}
