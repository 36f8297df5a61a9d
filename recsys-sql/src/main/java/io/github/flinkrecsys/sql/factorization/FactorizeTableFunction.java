/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.factorization;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.factorization.FactorStep;
import io.github.flinkrecsys.core.factorization.FactorTrainer;
import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.sql.table.Call;
import io.github.flinkrecsys.sql.table.CheckedTableFunction;
import io.github.flinkrecsys.sql.table.InteractionReader;
import io.github.flinkrecsys.sql.table.PartitionCache;
import io.github.flinkrecsys.sql.table.SilentUsers;
import java.math.BigDecimal;
import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.types.Row;

/**
 * {@code FACTORIZE(input => TABLE interactions PARTITION BY shop, on_time => DESCRIPTOR(ts))}:
 * learns the factors of users and items from every interaction. A partition is a model.
 *
 * <p>Per interaction one row for each item that the step changed, the user's own item first, and
 * then one for the user. Insert-only: the newest row of an id counts. Late rows are learned from
 * like others. State per partition: a vector per user, freed after {@value SilentUsers#DAYS} days
 * of event time without an interaction, and one per item, at most {@code max_items}.
 */
@FunctionHint(output = @DataTypeHint(FactorRows.TYPE))
public final class FactorizeTableFunction extends CheckedTableFunction {
  private static final long serialVersionUID = 1L;

  private transient InteractionReader reader;
  private transient Counter itemsNotAdmitted;
  private transient Counter skippedSteps;
  private transient PartitionCache<ItemReplica> models;
  private transient Settings settings;
  private transient FactorTrainer trainer;

  private record Settings(FactorConfig factors, ReplicaConfig items, DecayedCount decay) {}

  /** Makes the function. */
  public FactorizeTableFunction() {}

  @Override
  protected void check(Call call) {
    InteractionReader.check(call.columns("input"));
    settings(
        call.literal("objective", String.class, null),
        call.literal("factors", Integer.class, null),
        call.literal("learning_rate", BigDecimal.class, null),
        call.literal("regularization", BigDecimal.class, null),
        call.literal("negatives", Integer.class, null),
        call.literal("seed", Integer.class, null),
        call.literal("half_life", Duration.class, null),
        call.literal("max_items", Integer.class, null));
  }

  private static Settings settings(
      String objective,
      Integer factors,
      BigDecimal learningRate,
      BigDecimal regularization,
      Integer negatives,
      Integer seed,
      Duration halfLife,
      Integer maxItems) {
    FactorConfig.Builder builder = objective(objective);
    if (factors != null) {
      builder.factors(Checks.positive("factors", factors));
    }
    if (learningRate != null) {
      Checks.inRange("learning_rate", learningRate.doubleValue(), 0, 1);
      builder.learningRate(learningRate.doubleValue());
    }
    if (regularization != null) {
      builder.regularization(regularization.doubleValue());
    }
    if (negatives != null) {
      builder.negatives(negatives);
    }
    if (seed != null) {
      builder.seed(seed);
    }
    FactorConfig config = builder.build();
    int bound = maxItems == null ? ReplicaConfig.DEFAULT_MAX_ITEMS : maxItems;
    Checks.between("max_items", bound, 1, 1 << 28);
    return new Settings(
        config, FactorTrainer.replicaConfig(config, bound), Popularity.decay(halfLife));
  }

  private static FactorConfig.Builder objective(String name) {
    boolean isPairwise = name == null || name.equals("PAIRWISE");
    Checks.require(
        isPairwise || name.equals("POSITIVE"),
        "objective",
        "'PAIRWISE' or 'POSITIVE'",
        "'" + name + "'");
    return isPairwise ? FactorConfig.pairwise() : FactorConfig.positive();
  }

  @Override
  public void open(FunctionContext context) {
    reader = new InteractionReader("input", context);
    itemsNotAdmitted = context.getMetricGroup().counter(MetricNames.ITEMS_NOT_ADMITTED);
    skippedSteps = context.getMetricGroup().counter(MetricNames.SKIPPED_STEPS);
    models = new PartitionCache<>("input");
  }

  /**
   * Learns from one interaction.
   *
   * @param context of the call
   * @param users state
   * @param items state
   * @param input row of interactions
   * @param objective {@code PAIRWISE} (BPR, the default) or {@code POSITIVE} (ISGD)
   * @param factors length of the vectors, default 64 (POSITIVE: 32)
   * @param learningRate in (0, 1], default 0.08 (POSITIVE: 0.05)
   * @param regularization in [0, 1], default 0.015 (POSITIVE: 0.01)
   * @param negatives sampled items per interaction, default 10; PAIRWISE only
   * @param seed of first vectors and samples, default 42
   * @param halfLife event time after which an interaction counts half in an item's popularity,
   *     default 90 days
   * @param maxItems items that are admitted, default 1000000
   * @throws Exception if the state backend fails
   */
  public void eval(
      Context context,
      @StateHint(name = "users", ttl = NO_TTL) MapView<String, UserFactors> users,
      @StateHint(name = "items", ttl = NO_TTL) MapView<String, ItemState> items,
      @ArgumentHint(
              name = "input",
              value = {ArgumentTrait.SET_SEMANTIC_TABLE, ArgumentTrait.REQUIRE_ON_TIME})
          Row input,
      @ArgumentHint(name = "objective", isOptional = true) String objective,
      @ArgumentHint(name = "factors", isOptional = true) Integer factors,
      @ArgumentHint(
              name = "learning_rate",
              isOptional = true,
              type = @DataTypeHint("DECIMAL(38, 18)"))
          BigDecimal learningRate,
      @ArgumentHint(
              name = "regularization",
              isOptional = true,
              type = @DataTypeHint("DECIMAL(38, 18)"))
          BigDecimal regularization,
      @ArgumentHint(name = "negatives", isOptional = true) Integer negatives,
      @ArgumentHint(name = "seed", isOptional = true) Integer seed,
      @ArgumentHint(name = "half_life", isOptional = true) Duration halfLife,
      @ArgumentHint(name = "max_items", isOptional = true) Integer maxItems)
      throws Exception {
    if (settings == null) {
      settings =
          settings(
              objective,
              factors,
              learningRate,
              regularization,
              negatives,
              seed,
              halfLife,
              maxItems);
      trainer = new FactorTrainer(settings.factors);
    }
    Interaction interaction = reader.read(context, input);
    if (interaction != null) {
      ItemReplica model = models.get(context, input, () -> load(items));
      learn(context, interaction, users, items, model);
    }
  }

  /**
   * Forgets a user who has been silent.
   *
   * @param context of the timer
   * @param users state
   * @param items state
   * @throws Exception if the state backend fails
   */
  public void onTimer(
      OnTimerContext context, MapView<String, UserFactors> users, MapView<String, ItemState> items)
      throws Exception {
    UserFactors user = users.get(context.currentTimer());
    if (user != null && SilentUsers.isSilent(context, user.lastSeenMillis)) {
      users.remove(context.currentTimer());
    }
  }

  private ItemReplica load(MapView<String, ItemState> items) throws Exception {
    ItemReplica model = new ItemReplica(settings.items);
    ItemState.restore(items, model);
    return model;
  }

  private void learn(
      Context context,
      Interaction interaction,
      MapView<String, UserFactors> users,
      MapView<String, ItemState> items,
      ItemReplica model)
      throws Exception {
    UserFactors user = users.get(interaction.userId());
    if (user == null) {
      user = new UserFactors(trainer.newUser(interaction.userId()));
      SilentUsers.watch(context, interaction.userId(), interaction.timestampMillis());
    }
    Checks.require(
        user.vector.length == settings.items.factors() + 1,
        "factors",
        "what the state was written with, " + (user.vector.length - 1),
        settings.items.factors());
    user.lastSeenMillis = Math.max(user.lastSeenMillis, interaction.timestampMillis());
    int slot = model.admit(interaction.itemId());
    if (slot < 0) {
      itemsNotAdmitted.inc();
    } else {
      step(interaction, user, slot, items, model);
    }
    users.put(interaction.userId(), user);
    collect(FactorRows.ofUser(interaction, user));
  }

  private void step(
      Interaction interaction,
      UserFactors user,
      int slot,
      MapView<String, ItemState> items,
      ItemReplica model)
      throws Exception {
    double popularity = settings.decay.of(1, interaction.timestampMillis());
    FactorStep step =
        trainer.train(
            user.vector,
            interaction.userId(),
            user.steps,
            slot,
            (float) interaction.weight(),
            1,
            model);
    user.steps++;
    if (step == null) {
      skippedSteps.inc();
      model.addPopularity(slot, popularity);
      send(slot, items, model);
      return;
    }
    step.applyTo(model, popularity);
    for (int row = 0; row < step.rows(); row++) {
      if (isFirst(step, row)) {
        send(step.slot(row), items, model);
      }
    }
  }

  private static boolean isFirst(FactorStep step, int row) {
    for (int before = 0; before < row; before++) {
      if (step.slot(before) == step.slot(row)) {
        return false;
      }
    }
    return true;
  }

  private void send(int slot, MapView<String, ItemState> items, ItemReplica model)
      throws Exception {
    items.put(model.id(slot), ItemState.of(model, slot));
    collect(FactorRows.ofItem(model, slot));
  }
}
