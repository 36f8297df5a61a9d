/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.ranking;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.NeighborRows;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.ranking.UserHistory;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import io.github.flinkrecsys.sql.factorization.ItemState;
import io.github.flinkrecsys.sql.factorization.Popularity;
import io.github.flinkrecsys.sql.table.Call;
import io.github.flinkrecsys.sql.table.CheckedTableFunction;
import io.github.flinkrecsys.sql.table.PartitionCache;
import io.github.flinkrecsys.sql.table.SilentUsers;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code TOP_K(input => TABLE factors PARTITION BY shop, on_time => DESCRIPTOR(rowtime))}: a list
 * of recommendations after every interaction, out of the rows of {@code FACTORIZE}, with which the
 * partition must be the same.
 *
 * <p>Unites what scores best by factors, by the neighbours of the user's recent items (counted
 * here) and by popularity, with the start weights of {@link BlendConfig}; never what the user has
 * seen. One row per list, insert-only: the newest row of a user counts. State per partition: a
 * vector and a list of neighbours per item; a history per user, freed after {@value
 * SilentUsers#DAYS} days of event time without an interaction.
 */
@FunctionHint(
    output =
        @DataTypeHint(
            "ROW<user_id STRING, items ARRAY<ROW<item_id STRING, score FLOAT, source STRING,"
                + " because_item_id STRING>>, policy STRING>"))
public final class TopKTableFunction extends CheckedTableFunction {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(TopKTableFunction.class);

  private transient FactorRowReader reader;
  private transient PartitionCache<RankedModel> models;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;
  private transient Settings settings;
  private transient boolean warned;

  private record Settings(RankingConfig ranking, NeighborConfig neighbors, DecayedCount decay) {
    static Settings of(Integer k, Integer maxSeen, Integer neighbors, Duration halfLife) {
      RankingConfig.Builder ranking =
          RankingConfig.builder().blend(BlendConfig.builder().fixed().build());
      if (k != null) {
        ranking.k(k);
      }
      if (maxSeen != null) {
        ranking.maxSeenItems(Checks.between("max_seen", maxSeen, 0, 1_000_000));
      }
      NeighborConfig.Builder lists = NeighborConfig.builder();
      if (neighbors != null) {
        lists.maxNeighbors(Checks.between("neighbors", neighbors, 0, 10_000));
      }
      return new Settings(ranking.build(), lists.build(), Popularity.decay(halfLife));
    }
  }

  /** Makes the function. */
  public TopKTableFunction() {}

  @Override
  protected void check(Call call) {
    FactorRowReader.check(call.columns("input"));
    Settings.of(
        call.literal("k", Integer.class, null),
        call.literal("max_seen", Integer.class, null),
        call.literal("neighbors", Integer.class, null),
        call.literal("half_life", Duration.class, null));
  }

  @Override
  public void open(FunctionContext context) {
    reader = new FactorRowReader();
    models = new PartitionCache<>("input");
    deadLetters = context.getMetricGroup().counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(context.getMetricGroup());
  }

  /**
   * Takes up an item, or ranks for a user.
   *
   * @param context of the call
   * @param items state
   * @param lists state
   * @param histories state
   * @param input row of {@code FACTORIZE}
   * @param k items per list, 1 to 1000, default 10
   * @param maxSeen items per user that are not recommended again, default 2048
   * @param neighbors kept per item, default 300, 0 for none
   * @param halfLife that of {@code FACTORIZE}, default 90 days
   * @throws Exception if the state backend fails
   */
  public void eval(
      Context context,
      @StateHint(name = "items", ttl = NO_TTL) MapView<String, ItemState> items,
      @StateHint(name = "neighbor_lists", ttl = NO_TTL) MapView<String, NeighborRows> lists,
      @StateHint(name = "histories", ttl = NO_TTL) MapView<String, UserHistory> histories,
      @ArgumentHint(
              name = "input",
              value = {ArgumentTrait.SET_SEMANTIC_TABLE, ArgumentTrait.REQUIRE_ON_TIME})
          Row input,
      @ArgumentHint(name = "k", isOptional = true) Integer k,
      @ArgumentHint(name = "max_seen", isOptional = true) Integer maxSeen,
      @ArgumentHint(name = "neighbors", isOptional = true) Integer neighbors,
      @ArgumentHint(name = "half_life", isOptional = true) Duration halfLife)
      throws Exception {
    if (settings == null) {
      settings = Settings.of(k, maxSeen, neighbors, halfLife);
    }
    reader.open(context);
    String violation = reader.violation(input);
    if (violation != null) {
      refuse(violation);
      return;
    }
    float[] vector = reader.vector(input);
    RankedModel model = models.get(context, input, () -> load(vector.length - 1, items, lists));
    if (model.items.size() == 0 && model.items.config().factors() != vector.length - 1) {
      // Of a user's row, which may be wrong; the first item decides.
      model = models.put(input, load(vector.length - 1, items, lists));
    }
    int factors = model.items.config().factors();
    if (vector.length != factors + 1) {
      refuseOtherFactors(factors, vector.length - 1);
    } else if (reader.isItem(input)) {
      model.put(reader.id(input), vector, reader.popularity(input), items);
    } else {
      rank(context, input, vector, model, lists, histories);
    }
  }

  /** Logs the first: if the partition's first item was wrong, all that is right is refused. */
  private void refuseOtherFactors(int factors, int got) {
    String violation = "factors must be " + factors + " in this partition, got " + got;
    if (!warned) {
      warned = true;
      LOG.warn(
          "TOP_K passes over rows of other factors than the partition's first item had, and gives"
              + " no lists for them: {}; more are counted in {}",
          violation,
          MetricNames.DEAD_LETTERS_BY_REASON);
    }
    refuse(violation);
  }

  private void refuse(String violation) {
    deadLetters.inc();
    reasons.inc(violation);
  }

  /**
   * Forgets a user who has been silent.
   *
   * @param context of the timer
   * @param items state
   * @param lists state
   * @param histories state
   * @throws Exception if the state backend fails
   */
  public void onTimer(
      OnTimerContext context,
      MapView<String, ItemState> items,
      MapView<String, NeighborRows> lists,
      MapView<String, UserHistory> histories)
      throws Exception {
    UserHistory history = histories.get(context.currentTimer());
    if (history != null && SilentUsers.isSilent(context, history.lastSeenMillis)) {
      histories.remove(context.currentTimer());
    }
  }

  private RankedModel load(
      int factors, MapView<String, ItemState> items, MapView<String, NeighborRows> lists)
      throws Exception {
    int known = ItemState.factors(items);
    RankedModel model =
        new RankedModel(
            settings.ranking, settings.neighbors, settings.decay, known > 0 ? known : factors);
    model.restore(items, lists);
    return model;
  }

  private void rank(
      Context context,
      Row input,
      float[] vector,
      RankedModel model,
      MapView<String, NeighborRows> lists,
      MapView<String, UserHistory> histories)
      throws Exception {
    long at = context.timeContext(Long.class).time();
    Interaction interaction = reader.interaction(input, at);
    String violation = Interactions.violation(interaction);
    if (violation != null) {
      refuse(violation);
      return;
    }
    RankingConfig ranking = settings.ranking;
    UserHistory history = histories.get(interaction.userId());
    if (history == null) {
      history = new UserHistory();
      SilentUsers.watch(context, interaction.userId(), at);
    }
    model.follow(interaction.itemId(), at, history, lists);
    history.remember(interaction.itemId(), at, settings.neighbors.window(), ranking);
    histories.put(interaction.userId(), history);
    long userHash = Hashes.hash(interaction.userId());
    model.ranker.rankBlend(history.context(userHash, vector, at, ranking.sessionGap()));
    collect(rowOf(model.ranker.recommend(interaction.userId(), ranking.k(), null, false)));
  }

  private static Row rowOf(RecommendationList list) {
    Row[] items = new Row[list.items().length];
    for (int place = 0; place < items.length; place++) {
      ScoredItem item = list.items()[place];
      items[place] = Row.of(item.itemId(), item.score(), item.source(), item.becauseItemId());
    }
    return Row.of(list.userId(), items, list.policy());
  }
}
