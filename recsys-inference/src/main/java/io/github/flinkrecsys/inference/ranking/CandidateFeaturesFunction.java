/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.util.EventTimeTtl;
import io.github.flinkrecsys.operators.util.KeyCounters;
import io.github.flinkrecsys.operators.util.MetricNames;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives candidates the newest features of their user and of their items. Lists and users' features
 * are keyed by user; items' features are broadcast, so every subtask holds all of them.
 *
 * <p>Unknown features are zeros, and counted; so the model must have been trained on what this
 * function gives, which impressions hold. Vectors of another version are passed over and counted.
 * State: {@value #USER} per user, freed after a silence of {@link CandidateFeatureConfig#ttl};
 * {@value #ITEMS}, at most {@link CandidateFeatureConfig#maxItems}, and {@value #ITEMS_VERSION},
 * that of all of them: items of another config are unknown.
 */
public final class CandidateFeaturesFunction
    extends KeyedBroadcastProcessFunction<
        String, ListOrFeatures, FeatureVector, CandidateFeatures> {
  static final String USER = "user-features";
  static final String ITEMS = "item-features";
  static final String ITEMS_VERSION = "item-features-version";
  static final String UNKNOWN_USERS = "unknownUsers";
  static final String UNKNOWN_ITEMS = "unknownItems";
  static final String OTHER_VERSIONS = "otherVersions";

  static final MapStateDescriptor<String, float[]> ITEM_STATE = items();
  static final MapStateDescriptor<String, Long> VERSION_STATE = itemsVersion();

  private static final long serialVersionUID = 1L;
  private static final String VERSION = "version";
  private static final ScoredItem[] NO_ITEMS = {};

  private final CandidateFeatureConfig config;

  private transient ValueState<FeatureVector> user;
  private transient int items;
  private transient boolean hasCounted;
  private transient Counter unknownUsers;
  private transient Counter unknownItems;
  private transient Counter otherVersions;
  private transient Counter itemsNotAdmitted;
  private transient KeyCounters keys;

  /**
   * Makes the function.
   *
   * @param config which features
   * @throws IllegalArgumentException if there is none
   */
  public CandidateFeaturesFunction(CandidateFeatureConfig config) {
    this.config = Checks.notNull("config", config);
  }

  /**
   * Adds the function to a job.
   *
   * @param lists candidates of users
   * @param ofUsers features of users
   * @param ofItems features of items
   * @param config which features
   * @param uid of the operator, and prefix of those that feed it
   * @return candidates with features
   */
  public static SingleOutputStreamOperator<CandidateFeatures> apply(
      DataStream<RecommendationList> lists,
      DataStream<FeatureVector> ofUsers,
      DataStream<FeatureVector> ofItems,
      CandidateFeatureConfig config,
      String uid) {
    TypeInformation<ListOrFeatures> type = TypeInformation.of(ListOrFeatures.class);
    return lists
        .map(list -> ListOrFeatures.of(list))
        .returns(type)
        .name(uid + "-lists")
        .uid(uid + "-lists")
        .union(
            ofUsers
                .map(features -> ListOrFeatures.of(features))
                .returns(type)
                .name(uid + "-users")
                .uid(uid + "-users"))
        .keyBy(ListOrFeatures::userId)
        .connect(ofItems.broadcast(ITEM_STATE, VERSION_STATE))
        .process(new CandidateFeaturesFunction(config))
        .name(uid)
        .uid(uid);
  }

  static MapStateDescriptor<String, float[]> items() {
    return new MapStateDescriptor<>(ITEMS, String.class, float[].class);
  }

  static MapStateDescriptor<String, Long> itemsVersion() {
    return new MapStateDescriptor<>(ITEMS_VERSION, String.class, Long.class);
  }

  static ValueStateDescriptor<FeatureVector> ofUser() {
    return new ValueStateDescriptor<>(USER, FeatureVector.class);
  }

  @Override
  public void open(OpenContext openContext) {
    user = getRuntimeContext().getState(ofUser());
    var metrics = getRuntimeContext().getMetricGroup();
    unknownUsers = metrics.counter(UNKNOWN_USERS);
    unknownItems = metrics.counter(UNKNOWN_ITEMS);
    otherVersions = metrics.counter(OTHER_VERSIONS);
    itemsNotAdmitted = metrics.counter(MetricNames.ITEMS_NOT_ADMITTED);
    keys = KeyCounters.in(metrics);
  }

  @Override
  public void processElement(
      ListOrFeatures input, ReadOnlyContext context, Collector<CandidateFeatures> out)
      throws Exception {
    FeatureVector known = user.value();
    if (input.list() != null) {
      boolean isCurrent = isCurrent(context.getBroadcastState(VERSION_STATE));
      out.collect(
          with(input.list(), known, isCurrent ? context.getBroadcastState(ITEM_STATE) : null));
      return;
    }
    if (!fits(input.features(), config.user().version(), config.user().names().length)) {
      return;
    }
    if (known == null) {
      keys.added().inc();
      EventTimeTtl.start(context.timerService(), input.features().timestampMillis(), config.ttl());
    }
    if (known == null || known.timestampMillis() <= input.features().timestampMillis()) {
      user.update(input.features());
    }
  }

  @Override
  public void processBroadcastElement(
      FeatureVector features, Context context, Collector<CandidateFeatures> out) throws Exception {
    if (!fits(features, config.item().version(), config.item().names().length)) {
      return;
    }
    BroadcastState<String, float[]> known = context.getBroadcastState(ITEM_STATE);
    BroadcastState<String, Long> version = context.getBroadcastState(VERSION_STATE);
    if (!isCurrent(version)) {
      known.clear();
      version.put(VERSION, config.item().version());
    }
    if (!hasCounted) {
      known.iterator().forEachRemaining(item -> items++);
      hasCounted = true;
    }
    boolean isNew = !known.contains(features.key());
    if (isNew && items >= config.maxItems()) {
      itemsNotAdmitted.inc();
      return;
    }
    items += isNew ? 1 : 0;
    known.put(features.key(), features.values());
  }

  private boolean fits(FeatureVector features, long version, int width) {
    boolean fits =
        features.version() == version
            && features.key() != null
            && features.values() != null
            && features.values().length == width;
    if (!fits) {
      otherVersions.inc();
    }
    return fits;
  }

  /** A state of another version was restored into a job with other features. */
  private boolean isCurrent(ReadOnlyBroadcastState<String, Long> version) throws Exception {
    Long known = version.get(VERSION);
    return known != null && known == config.item().version();
  }

  private CandidateFeatures with(
      RecommendationList list, FeatureVector known, ReadOnlyBroadcastState<String, float[]> items)
      throws Exception {
    // After a change of the config, a user's features may be of an older version still.
    boolean isKnown = known != null && known.version() == config.user().version();
    float[] context = isKnown ? known.values() : new float[config.user().names().length];
    if (!isKnown) {
      unknownUsers.inc();
    }
    int width = config.candidateWidth();
    ScoredItem[] candidates = list.items() == null ? NO_ITEMS : list.items();
    float[] rows = new float[candidates.length * width];
    for (int n = 0; n < candidates.length; n++) {
      if (candidates[n] == null) {
        continue;
      }
      rows[n * width] = candidates[n].score();
      rows[n * width + 1] = n;
      float[] ofItem = items == null ? null : items.get(candidates[n].itemId());
      if (ofItem == null) {
        unknownItems.inc();
      } else {
        System.arraycopy(
            ofItem, 0, rows, n * width + CandidateFeatureConfig.OF_LIST, ofItem.length);
      }
    }
    return new CandidateFeatures(list, context, rows, config.version());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<CandidateFeatures> out)
      throws Exception {
    FeatureVector known = user.value();
    if (known != null
        && EventTimeTtl.isOver(
            context.timerService(), timestamp, known.timestampMillis(), config.ttl())) {
      user.clear();
      keys.freed().inc();
    }
  }
}
