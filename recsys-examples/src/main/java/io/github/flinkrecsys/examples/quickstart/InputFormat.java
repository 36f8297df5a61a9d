/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.event.DelimitedConfig;
import io.github.flinkrecsys.core.event.DelimitedParser;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.MovieLensParser;
import io.github.flinkrecsys.core.event.RecordParser;
import io.github.flinkrecsys.core.event.SessionLogParser;
import io.github.flinkrecsys.operators.event.JsonRecordParser;

/** Formats of input files, by the names that the command line takes. */
enum InputFormat {
  movielens,
  csv,
  tsv,
  jsonl,
  sessions;

  RecordParser<Interaction> newParser() {
    return switch (this) {
      case movielens -> new MovieLensParser();
      case csv -> new DelimitedParser(DelimitedConfig.csv());
      case tsv -> new DelimitedParser(DelimitedConfig.tsv());
      case jsonl -> new JsonRecordParser<>(Interaction.class);
      case sessions -> new SessionLogParser();
    };
  }
}
