/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.als.FactorModel;
import io.github.flinkrecsys.core.als.FactorRow;
import io.github.flinkrecsys.core.als.ImplicitAls;
import io.github.flinkrecsys.core.als.ImplicitAlsConfig;
import io.github.flinkrecsys.core.als.InteractionMatrix;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.testing.Collected;
import io.github.flinkrecsys.operators.testing.JobSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Trains in a job and compares with the trainer of one machine. */
class ImplicitAlsGraphITCase {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final ImplicitAlsConfig CONFIG =
      ImplicitAlsConfig.builder()
          .factors(7)
          .iterations(3)
          .unobservedWeight(0.1)
          .popularityExponent(0.5)
          .regularization(0.05)
          .threads(1)
          .build();

  @Test
  void productsAreThoseOfTheLocalTrainer() throws Exception {
    List<Interaction> interactions = new ArrayList<>();
    InteractionMatrix.Builder pairs = InteractionMatrix.builder();
    Random random = new Random(3);
    for (int n = 0; n < 900; n++) {
      // Some pairs are there twice; u0 has more items than there are factors, others fewer.
      String user = "u" + (n < 40 ? 0 : random.nextInt(120));
      String item = "i" + (int) (60 * Math.pow(random.nextDouble(), 2));
      interactions.add(Interaction.click(user, item, n));
      pairs.add(user, item);
    }
    FactorModel local = new ImplicitAls(CONFIG).train(pairs.build(), 1);
    Map<String, float[]> users = new HashMap<>();
    Map<String, float[]> items = new HashMap<>();
    for (FactorRow row : train(interactions, 5, 3)) {
      boolean user = row.side() == FactorRow.Side.USER;
      assertThat((user ? users : items).put(row.id(), row.factors())).as(row.id()).isNull();
    }
    assertThat(users.keySet()).containsExactlyInAnyOrderElementsOf(local.userIds());
    assertThat(items.keySet()).containsExactlyInAnyOrderElementsOf(local.itemIds());
    for (int u = 0; u < local.userIds().size(); u++) {
      for (int i = 0; i < local.itemIds().size(); i++) {
        String user = local.userIds().get(u);
        String item = local.itemIds().get(i);
        assertThat(dot(users.get(user), items.get(item)))
            .as("%s and %s", user, item)
            .isCloseTo(dot(local.user(u), local.item(i)), within(1e-4));
      }
    }
  }

  @Test
  void blocksDoNotChangeProducts() throws Exception {
    List<Interaction> one = List.of(Interaction.click("a", "x", 1), Interaction.click("b", "y", 2));
    // More blocks than rows: most are empty.
    for (FactorRow row : train(one, 50, 50)) {
      assertThat(row.factors()).hasSize(7);
      assertThat(dot(row.factors(), row.factors())).as(row.id()).isPositive();
    }
    assertThat(train(one, 50, 50)).hasSize(4);
    assertThat(train(one, 1, 1)).hasSize(4);
  }

  @Test
  void aFailureInTheMiddleChangesNothing() throws Exception {
    List<Interaction> interactions = new ArrayList<>();
    for (int n = 0; n < 60; n++) {
      interactions.add(Interaction.click("u" + n % 11, "i" + n % 7, n));
    }
    Map<String, float[]> undisturbed = new HashMap<>();
    train(interactions, 3, 3).forEach(row -> undisturbed.put(row.id(), row.factors()));

    FailOnce.FAILURES.set(0);
    StreamExecutionEnvironment env = environment("BATCH");
    DataStream<Interaction> source =
        env.fromData(interactions).uid("source").map(new FailOnce()).uid("fail");
    var rows = Collected.of(ImplicitAlsGraph.train(source, CONFIG, 3, 3, "als").rows(), "rows");
    env.execute();
    List<FactorRow> disturbed = rows.records();
    assertThat(FailOnce.FAILURES).hasValue(1);
    assertThat(disturbed).hasSize(undisturbed.size());
    assertThat(disturbed)
        .allSatisfy(
            row ->
                assertThat(row.factors())
                    .as(row.id())
                    .containsExactly(undisturbed.get(row.id()), within(1e-4f)));
  }

  /** Throws on the fortieth record of the first attempt. */
  private static final class FailOnce implements MapFunction<Interaction, Interaction> {
    static final AtomicInteger FAILURES = new AtomicInteger();

    @Override
    public Interaction map(Interaction interaction) {
      if (interaction.timestampMillis() == 40 && FAILURES.compareAndSet(0, 1)) {
        throw new IllegalStateException("planned");
      }
      return interaction;
    }
  }

  @Test
  void pairsWithoutIdsAreDeadLetters() throws Exception {
    StreamExecutionEnvironment env = environment("BATCH");
    TrainedRows trained =
        ImplicitAlsGraph.train(
            env.fromData(Interaction.click("u", "i", 1), Interaction.click("", "i", 2))
                .uid("source"),
            CONFIG,
            2,
            2,
            "als");
    var rows = Collected.of(trained.rows(), "rows");
    var dead = Collected.of(trained.deadLetters(), "dead");
    env.execute();
    assertThat(rows.records()).hasSize(2);
    assertThat(dead.records())
        .extracting(DeadLetter::reason)
        .containsExactly("userId must not be empty");
  }

  @Test
  void everyOperatorHasItsUidAndTheGraphIsAsLongAsTheSweeps() {
    StreamExecutionEnvironment env = environment("BATCH");
    ImplicitAlsGraph.train(
            env.fromData(Interaction.click("u", "i", 1)).uid("source"), CONFIG, 2, 2, "als")
        .rows()
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
    List<String> uids = new ArrayList<>();
    for (StreamNode node : env.getStreamGraph().getStreamNodes()) {
      uids.add(String.valueOf(node.getTransformationUID()));
    }
    assertThat(uids).doesNotHaveDuplicates().doesNotContain("null");
    assertThat(uids).filteredOn(uid -> uid.startsWith("als-")).hasSize(3 + 14 * 3 + 2);
    assertThat(uids).contains("als-links", "als-sweep-3-items-solve", "als-trained-users");
  }

  @Test
  void anotherModeIsRefusedWhenTheJobIsBuilt() {
    StreamExecutionEnvironment env = environment("STREAMING");
    var interactions = env.fromData(Interaction.click("u", "i", 1)).uid("source");
    assertThatThrownBy(() -> ImplicitAlsGraph.train(interactions, CONFIG, 2, 2, "als"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("execution.runtime-mode must be BATCH, got STREAMING");
  }

  private static List<FactorRow> train(
      List<Interaction> interactions, int userBlocks, int itemBlocks) throws Exception {
    StreamExecutionEnvironment env = environment("BATCH");
    TrainedRows trained =
        ImplicitAlsGraph.train(
            env.fromData(interactions).uid("source"), CONFIG, userBlocks, itemBlocks, "als");
    var rows = Collected.of(trained.rows(), "rows");
    env.execute();
    return rows.records();
  }

  private static StreamExecutionEnvironment environment(String mode) {
    Configuration settings = JobSettings.strict();
    settings.setString("execution.runtime-mode", mode);
    settings.setString("restart-strategy.type", "fixed-delay");
    settings.setString("restart-strategy.fixed-delay.attempts", "1");
    settings.setString("restart-strategy.fixed-delay.delay", "10 ms");
    return StreamExecutionEnvironment.getExecutionEnvironment(settings);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (double) a[k] * b[k];
    }
    return sum;
  }
}
