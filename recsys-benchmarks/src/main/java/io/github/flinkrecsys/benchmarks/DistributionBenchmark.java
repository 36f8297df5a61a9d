/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.factorization.FactorStep;
import io.github.flinkrecsys.core.factorization.FactorTrainer;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.ranking.ItemModels;
import io.github.flinkrecsys.core.ranking.Ranker;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RankingContext;
import io.github.flinkrecsys.core.ranking.SeenItems;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import io.github.flinkrecsys.operators.replica.ReplicaScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/**
 * What does distribution cost in quality? Recall@10 of factors alone, prequential, on the same
 * stream at full replay speed: a sequential loop over the core classes, and the job at parallelism
 * 1, 2 and 4, with the replica shared and with one per subtask, as if each ran in a task manager of
 * its own.
 *
 * <p>Usage: {@code distribution FILE}, a file of MovieLens ratings, of which those of 4 and more
 * count.
 */
public final class DistributionBenchmark {
  /** The source's events, for a generator function that cannot carry them itself. */
  private static volatile List<Interaction> events = List.of();

  private DistributionBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args the file
   * @throws Exception if it cannot be read or a job fails
   */
  public static void main(String[] args) throws Exception {
    events = Ratings.read(Path.of(args[0]));
    double sequential = sequential();
    System.out.printf("%-24s %.4f%n", "sequential", sequential);
    for (int parallelism : new int[] {1, 2, 4}) {
      for (ReplicaScope scope : ReplicaScope.values()) {
        double recall = distributed(parallelism, scope);
        System.out.printf(
            "%-24s %.4f (%+.1f %%)%n",
            parallelism + " x " + scope, recall, 100 * (recall / sequential - 1));
      }
    }
  }

  private static double sequential() {
    FactorConfig config = FactorConfig.pairwise().build();
    ItemReplica items = new ItemReplica(FactorTrainer.replicaConfig(config, events.size()));
    DecayedCount decay = DecayedCount.withHalfLife(DecayedCount.NEVER);
    Ranker ranker =
        new Ranker(RankingConfig.builder().candidates(10).build(), ItemModels.of(items, decay));
    FactorTrainer trainer = new FactorTrainer(config);
    Map<String, float[]> users = new HashMap<>();
    Map<String, SeenItems> seen = new HashMap<>();
    long scored = 0;
    long hits = 0;
    long number = 0;
    for (Interaction event : events) {
      float[] user = users.get(event.userId());
      if (user == null) {
        user = trainer.newUser(event.userId());
        users.put(event.userId(), user);
        seen.put(event.userId(), new SeenItems());
      } else if (!seen.get(event.userId()).contains(Hashes.hash(event.itemId()))) {
        scored++;
        int slot = items.slot(event.itemId());
        var factors =
            ranker.rank(new RankingContext(user, seen.get(event.userId()), null, null, 0)).get(1);
        hits += slot >= 0 && factors.rankOf(slot, 10) >= 0 ? 1 : 0;
      }
      int slot = items.admit(event.itemId());
      FactorStep step = trainer.train(user, event.userId(), ++number, slot, 1, 1, items);
      step.applyTo(items, decay.of(1, event.timestampMillis()));
      seen.get(event.userId()).add(Hashes.hash(event.itemId()), Integer.MAX_VALUE);
    }
    return (double) hits / scored;
  }

  private static double distributed(int parallelism, ReplicaScope scope) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("taskmanager.numberOfTaskSlots", String.valueOf(parallelism));
    configuration.setString("taskmanager.memory.network.min", "128 mb");
    configuration.setString("taskmanager.memory.network.max", "128 mb");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    DataGeneratorSource<Interaction> source =
        new DataGeneratorSource<>(
            index -> events.get(index.intValue()),
            events.size(),
            TypeInformation.of(Interaction.class));
    DataStream<Interaction> interactions =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")
            .uid("source")
            .setParallelism(1)
            .assignTimestampsAndWatermarks(
                InteractionWatermarks.of(Duration.ZERO, Duration.ofMinutes(1)))
            .uid("watermarks")
            .setParallelism(1);
    DataStream<EvaluationResult> results =
        Recsys.builder("distribution")
            .scope(scope)
            .serveOnRequest()
            .evaluation(EvaluationConfig.of(10, Duration.ofDays(36_500)))
            .build()
            .apply(interactions)
            .evaluation();
    double recall = Double.NaN;
    try (CloseableIterator<EvaluationResult> all = results.executeAndCollect()) {
      while (all.hasNext()) {
        EvaluationResult result = all.next();
        if (result.total() && result.source().equals(Sources.FACTORS)) {
          recall = result.recall();
        }
      }
    }
    return recall;
  }
}
