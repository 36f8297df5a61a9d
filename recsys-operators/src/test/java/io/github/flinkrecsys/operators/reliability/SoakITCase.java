/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.pipeline.RecommendationStreams;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users and items that never end, in a job whose bounds are small. What grows with the events and
 * not with the bounds passes them: users and items come many times over.
 */
class SoakITCase {
  private static final long LEAST_EVENTS = 30_000;
  private static final long LEAST_NANOS =
      Duration.ofSeconds(Long.getLong("recsys.soak.seconds", Runs.NIGHTLY ? 600 : 60)).toNanos();
  private static final long STEP_MILLIS = 100;
  private static final int MAX_ITEMS = 2_000;

  /**
   * By docs/state.md, with keys and timers: 700 bytes per admitted item; 930 per item that was
   * touched within the users' TTL, 2,000 at most, for the lists keyed by item; a kilobyte for each
   * of 500 users; 75 kB of closed sessions.
   */
  private static final long STATE_BOUND = 4_000_000;

  /** Of what the heap grows by after collections; the job alone takes 13 MB of it. */
  private static final long HEAP_BOUND = 40_000_000;

  private static final AtomicLong EMITTED = new AtomicLong();

  /** In every 400 events, 50 new users with 8 events each, and 100 new items. */
  private static Interaction event(long n) {
    EMITTED.set(n);
    long user = n / 400 * 50 + n % 50;
    long newest = n / 4;
    long item = n % 4 == 0 ? newest : Math.max(0, newest - Hashes.below(Hashes.mix(n), 1_000));
    return Interaction.click("user-" + user, "item-" + item, STEP_MILLIS * n);
  }

  private static StreamExecutionEnvironment job(TestCluster cluster, Path directory) {
    Configuration configuration =
        TestCluster.configuration(directory.resolve("checkpoints"), Duration.ofMillis(500));
    configuration.setString("state.backend.type", "hashmap");
    configuration.setString("restart-strategy.type", "none");
    StreamExecutionEnvironment env = cluster.environment(configuration);
    env.setParallelism(2);
    DataStream<Interaction> events =
        TestShop.one(
            "watermarks",
            TestShop.source(env, "events", SoakITCase::event, Long.MAX_VALUE, 1e6)
                .assignTimestampsAndWatermarks(
                    InteractionWatermarks.of(Duration.ZERO, Duration.ofMinutes(1))));
    RecommendationStreams streams =
        Recsys.builder("soak")
            .factors(FactorConfig.pairwise().factors(8).negatives(2).build())
            .maxItems(MAX_ITEMS)
            .userTtl(Duration.ofMinutes(5))
            .neighbors(NeighborConfig.builder().maxNeighbors(20).window(10).build())
            .sessionIndex(
                SessionIndexConfig.builder()
                    .maxSessions(500)
                    .maxBytes(1 << 20)
                    .sessionsPerItem(20)
                    .build())
            .catalog(CatalogConfig.builder().trendHalfLife(Duration.ofMinutes(1)).build())
            .popularityHalfLife(Duration.ofMinutes(1))
            .sessions(SessionConfig.builder().gap(Duration.ofMinutes(1)).build())
            .ranking(RankingConfig.builder().maxSeenItems(64).build())
            .evaluation(EvaluationConfig.of(10, Duration.ofMinutes(5)))
            .withUserFactors()
            .build()
            .apply(events);
    for (DataStream<?> stream :
        List.of(
            streams.recommendations(),
            streams.itemFactors(),
            streams.userFactors(),
            streams.popularity(),
            streams.trending(10, Duration.ofSeconds(1)),
            streams.sessions(),
            streams.itemNeighbors(10),
            streams.evaluation(),
            streams.deadLetters())) {
      String name = "end-" + stream.getId();
      stream.sinkTo(new DiscardingSink<>()).name(name).uid(name);
    }
    return env;
  }

  @Test
  void heapAndStateStayUnderTheirBounds(@TempDir Path directory) throws Exception {
    long maxState = 0;
    long growth = 0;
    try (TestMiniCluster cluster = new TestMiniCluster(1)) {
      // The least so far: what earlier tests have left may be freed meanwhile.
      long least = heap();
      JobClient job = job(cluster, directory).executeAsync();
      long start = System.nanoTime();
      while (!job.getJobStatus().get().isGloballyTerminalState()
          && (System.nanoTime() - start < LEAST_NANOS || EMITTED.get() < LEAST_EVENTS)) {
        Thread.sleep(1_000);
        maxState = Math.max(maxState, cluster.checkpointBytes(job.getJobID()));
        long heap = heap();
        least = Math.min(least, heap);
        growth = Math.max(growth, heap - least);
      }
      assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
      job.cancel().get();
    }
    long events = EMITTED.get() + 1;
    Runs.append(
        String.format(
            "%nSoak: %,d events, %,d users, %,d items; state at most %,d bytes, heap %,d%n",
            events, events / 8, events / 4, maxState, growth));
    assertThat(events / 4).as("items").isGreaterThan(3 * MAX_ITEMS);
    assertThat(maxState).as("bytes of a checkpoint").isBetween(1L, STATE_BOUND);
    assertThat(growth).as("growth of the heap after collections").isBetween(1L, HEAP_BOUND);
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
