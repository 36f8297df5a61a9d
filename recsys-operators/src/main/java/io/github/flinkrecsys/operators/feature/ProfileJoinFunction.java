/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.feature.ProfileJoinConfig;
import io.github.flinkrecsys.core.feature.VersionHistory;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.util.KeyCounters;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Joins each interaction with the profile that was valid at its event time. Both inputs are keyed
 * by user, or by item.
 *
 * <p>An interaction is joined when the watermark of both inputs has passed it, so the order of
 * arrival does not matter. If no profile is known then, it waits {@code maxWait} more for one that
 * comes late, and is then emitted without. As long as the profiles' input has no watermark nothing
 * is joined: that is how an initial load comes first.
 *
 * <p>Side outputs: {@link #LATE} for interactions whose waiting time was over when they came, and
 * {@link DeadLetter#TAG} for records that cannot be used. A key is forgotten after {@code ttl} of
 * silence in event time.
 *
 * @param <P> type of the profiles
 */
public final class ProfileJoinFunction<P>
    extends KeyedCoProcessFunction<String, EnrichedInteraction, P, EnrichedInteraction> {
  /** Name of this stage in dead letters. */
  public static final String STAGE = "profile-join";

  /** Side output of interactions that came too late to be joined. */
  public static final OutputTag<EnrichedInteraction> LATE =
      new OutputTag<>("recsys-profile-join-late", TypeInformation.of(EnrichedInteraction.class));

  // Names of state are part of every savepoint: never rename.
  static final String VERSIONS = "profile-versions";
  static final String WAITING = "waiting-interactions";
  static final String PROGRESS = "join-progress";

  private static final long serialVersionUID = 1L;
  private static final Comparator<EnrichedInteraction> BY_TIME =
      Comparator.comparingLong(waiting -> waiting.interaction().timestampMillis());

  private final ProfileJoinConfig config;
  private final ProfileKind<P> kind;

  private transient ListState<P> versions;
  private transient ListState<EnrichedInteraction> waiting;
  private transient ValueState<JoinProgress> progressOfKey;
  private transient Counter joined;
  private transient Counter withoutProfile;
  private transient Counter overflowedInteractions;
  private transient Counter lateInteractions;
  private transient Counter lateProfiles;
  private transient Counter droppedVersions;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;
  private transient KeyCounters keys;

  private ProfileJoinFunction(ProfileJoinConfig config, ProfileKind<P> kind) {
    this.config = Checks.notNull("config", config);
    this.kind = kind;
  }

  /**
   * Makes a function that sets {@link EnrichedInteraction#user}. Inputs are keyed by user.
   *
   * @param config of the join
   * @return the function
   */
  public static ProfileJoinFunction<UserProfile> users(ProfileJoinConfig config) {
    return new ProfileJoinFunction<>(config, ProfileKind.USER);
  }

  /**
   * Makes a function that sets {@link EnrichedInteraction#item}. Inputs are keyed by item.
   *
   * @param config of the join
   * @return the function
   */
  public static ProfileJoinFunction<ItemMetadata> items(ProfileJoinConfig config) {
    return new ProfileJoinFunction<>(config, ProfileKind.ITEM);
  }

  @Override
  public void open(OpenContext openContext) {
    versions = getRuntimeContext().getListState(new ListStateDescriptor<>(VERSIONS, kind.type()));
    waiting =
        getRuntimeContext()
            .getListState(new ListStateDescriptor<>(WAITING, EnrichedInteraction.class));
    progressOfKey =
        getRuntimeContext().getState(new ValueStateDescriptor<>(PROGRESS, JoinProgress.class));
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    keys = KeyCounters.in(metrics);
    joined = metrics.counter(MetricNames.JOINED);
    withoutProfile = metrics.counter(MetricNames.WITHOUT_PROFILE);
    overflowedInteractions = metrics.counter(MetricNames.OVERFLOWED_INTERACTIONS);
    lateInteractions = metrics.counter(MetricNames.LATE_INTERACTIONS);
    lateProfiles = metrics.counter(MetricNames.LATE_PROFILES);
    droppedVersions = metrics.counter(MetricNames.DROPPED_VERSIONS);
    deadLetters = metrics.counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(metrics);
  }

  @Override
  public void processElement1(
      EnrichedInteraction event, Context context, Collector<EnrichedInteraction> out)
      throws Exception {
    String violation = Interactions.violation(event.interaction());
    if (violation != null) {
      refuse(violation, event, context);
      return;
    }
    long time = event.interaction().timestampMillis();
    long watermark = context.timerService().currentWatermark();
    if (waitIsOver(time, watermark)) {
      lateInteractions.inc();
      context.output(LATE, event);
      return;
    }
    JoinProgress progress = progress();
    if (progress.waiting >= config.maxWaiting()) {
      overflowedInteractions.inc();
      out.collect(event);
      return;
    }
    seen(time, progress, context.timerService());
    P profile = time <= watermark ? history().asOf(time) : null;
    if (profile != null) {
      emit(event, profile, out);
    } else {
      waiting.add(event);
      progress.waiting++;
      long lookAt = time <= watermark ? plus(time, config.maxWait()) : time;
      if (progress.wakeUpMillis == JoinProgress.NONE || lookAt < progress.wakeUpMillis) {
        wakeUpAt(lookAt, progress, context.timerService());
      }
    }
    progressOfKey.update(progress);
  }

  @Override
  public void processElement2(P profile, Context context, Collector<EnrichedInteraction> out)
      throws Exception {
    String violation = kind.violation(profile);
    if (violation != null) {
      refuse(violation, profile, context);
      return;
    }
    long watermark = context.timerService().currentWatermark();
    long validFrom = kind.validFromMillis(profile);
    if (validFrom <= watermark) {
      lateProfiles.inc();
    }
    VersionHistory<P> history = history();
    if (!history.add(profile, earliestJoined(watermark))) {
      droppedVersions.inc();
    }
    versions.update(history.versions());
    JoinProgress progress = progress();
    TimerService timers = context.timerService();
    if (watermark >= 0) {
      seen(watermark, progress, timers);
    } else if (progress.expiryMillis == JoinProgress.NONE) {
      // An initial load: how old a profile is does not say how long its user has been silent.
      expireAt(plus(validFrom, config.ttl()), progress, timers);
    }
    if (validFrom <= watermark && progress.waiting > 0) {
      joinWaiting(progress, history, timers, out);
    }
    progressOfKey.update(progress);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<EnrichedInteraction> out)
      throws Exception {
    JoinProgress progress = progressOfKey.value();
    if (progress == null) {
      return;
    }
    boolean forgets = false;
    if (timestamp == progress.wakeUpMillis) {
      VersionHistory<P> history = history();
      joinWaiting(progress, history, context.timerService(), out);
      forgets = progress.waiting == 0 && history.versions().isEmpty();
    }
    if (timestamp == progress.expiryMillis) {
      forgets |= isSilent(progress, timestamp, context.timerService());
    }
    if (forgets) {
      forget(progress, context.timerService());
    } else {
      progressOfKey.update(progress);
    }
  }

  private void joinWaiting(
      JoinProgress progress,
      VersionHistory<P> history,
      TimerService timers,
      Collector<EnrichedInteraction> out)
      throws Exception {
    long watermark = timers.currentWatermark();
    List<EnrichedInteraction> due = new ArrayList<>();
    List<EnrichedInteraction> rest = new ArrayList<>();
    long lookAt = Long.MAX_VALUE;
    for (EnrichedInteraction event : waiting.get()) {
      long time = event.interaction().timestampMillis();
      boolean passed = time <= watermark;
      if (passed && (waitIsOver(time, watermark) || history.asOf(time) != null)) {
        due.add(event);
      } else {
        rest.add(event);
        lookAt = Math.min(lookAt, passed ? plus(time, config.maxWait()) : time);
      }
    }
    due.sort(BY_TIME);
    for (EnrichedInteraction event : due) {
      emit(event, history.asOf(event.interaction().timestampMillis()), out);
    }
    waiting.update(rest);
    progress.waiting = rest.size();
    progress.wakeUpMillis = JoinProgress.NONE;
    if (!rest.isEmpty()) {
      wakeUpAt(lookAt, progress, timers);
    }
  }

  private void emit(EnrichedInteraction event, P profile, Collector<EnrichedInteraction> out) {
    if (profile == null) {
      withoutProfile.inc();
      out.collect(event);
    } else {
      joined.inc();
      out.collect(kind.attach(event, profile));
    }
  }

  private boolean waitIsOver(long time, long watermark) {
    return time <= watermark
        && (watermark == Long.MAX_VALUE || watermark - time >= config.maxWait().toMillis());
  }

  /** Interactions from here on are not late yet. */
  private long earliestJoined(long watermark) {
    long wait = config.maxWait().toMillis();
    return watermark < wait ? 0 : watermark - wait;
  }

  private static long plus(long millis, Duration duration) {
    // The end of time itself is when bounded inputs end.
    return Math.min(Long.MAX_VALUE - 1 - duration.toMillis(), millis) + duration.toMillis();
  }

  /** A later timer stays where it is: when it fires it is not the one that is remembered. */
  private static void wakeUpAt(long millis, JoinProgress progress, TimerService timers) {
    progress.wakeUpMillis = millis;
    timers.registerEventTimeTimer(millis);
  }

  private static void expireAt(long millis, JoinProgress progress, TimerService timers) {
    progress.expiryMillis = millis;
    timers.registerEventTimeTimer(millis);
  }

  private void seen(long millis, JoinProgress progress, TimerService timers) {
    progress.lastSeenMillis = Math.max(progress.lastSeenMillis, millis);
    if (progress.expiryMillis == JoinProgress.NONE) {
      expireAt(plus(millis, config.ttl()), progress, timers);
    }
  }

  /** Looks when the timer fires whether the key has been silent, and else sets it anew. */
  private boolean isSilent(JoinProgress progress, long timestamp, TimerService timers) {
    progress.expiryMillis = JoinProgress.NONE;
    long watermark = timers.currentWatermark();
    if (watermark == Long.MAX_VALUE) {
      return false;
    }
    if (progress.lastSeenMillis == JoinProgress.NONE) {
      progress.lastSeenMillis = watermark;
    }
    long end = plus(progress.lastSeenMillis, config.ttl());
    if (end <= timestamp && progress.waiting == 0) {
      return true;
    }
    expireAt(end > timestamp ? end : plus(timestamp, config.ttl()), progress, timers);
    return false;
  }

  private void forget(JoinProgress progress, TimerService timers) {
    if (progress.expiryMillis != JoinProgress.NONE) {
      timers.deleteEventTimeTimer(progress.expiryMillis);
    }
    versions.clear();
    waiting.clear();
    progressOfKey.clear();
    keys.freed().inc();
  }

  private JoinProgress progress() throws Exception {
    JoinProgress progress = progressOfKey.value();
    if (progress == null) {
      progress = new JoinProgress();
      keys.added().inc();
    }
    return progress;
  }

  private VersionHistory<P> history() throws Exception {
    VersionHistory<P> history = new VersionHistory<>(kind::validFromMillis, config.maxVersions());
    history.restore(versions.get());
    return history;
  }

  private void refuse(String violation, Object record, Context context) {
    deadLetters.inc();
    reasons.inc(violation);
    context.output(
        DeadLetter.TAG, DeadLetter.of(STAGE, violation, record, DeadLetter.UNKNOWN_TIMESTAMP));
  }
}
