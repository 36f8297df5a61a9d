/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.session;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.session.PendingTimes;
import io.github.flinkrecsys.core.session.Session;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.core.session.SessionSplitter;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.util.KeyCounters;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Gathers each user's events into sessions. Key: the user's id.
 *
 * <p>A session is emitted once, at the first watermark after which no event can join it; the rules,
 * and which events are late, are those of {@link SessionSplitter}. They hold whatever order events
 * arrive in, as long as the watermark has not passed them.
 *
 * <p>Side outputs: {@link #liveTag}, {@link #lateTag}, and {@link DeadLetter#TAG} for events
 * without a usable time and for events of a user who has {@code maxBufferedEvents} pending already.
 *
 * @param <E> type of the events
 */
public final class SessionizeFunction<E> extends KeyedProcessFunction<String, E, Session<E>>
    implements CheckpointedFunction, ResultTypeQueryable<Session<E>> {
  private static final long serialVersionUID = 1L;

  /** Name of this stage in dead letters. */
  public static final String STAGE = "sessionize";

  /** Id of {@link #lateTag}. */
  public static final String LATE_TAG_ID = "recsys-sessionize-late";

  /** Id of {@link #liveTag}. */
  public static final String LIVE_TAG_ID = "recsys-sessionize-live";

  // Names of state are part of every savepoint: never rename.
  static final String PENDING_TIMES_STATE = "pending-times";
  static final String PENDING_EVENTS_STATE = "pending-events";
  static final String WATERMARKS_STATE = "watermarks";

  private final SessionConfig config;
  private final TypeInformation<E> eventType;
  private final TimestampExtractor<E> timestamps;
  private final OutputTag<E> lateTag;
  private final OutputTag<LiveSession> liveTag;

  private transient SessionSplitter splitter;
  private transient ListState<Long> watermarksState;

  /** No event before is on time: the watermark, which Flink forgets when a job restarts. */
  private transient long watermark;

  private transient ValueState<PendingTimes> pendingTimes;
  private transient ListState<E> pendingEvents;
  private transient Counter lateEvents;
  private transient Counter overflowedEvents;
  private transient Counter badEvents;
  private transient Counter sessionsOpened;
  private transient Counter sessionsClosed;
  private transient KeyCounters keys;
  private transient ReasonCounters reasons;

  /**
   * Makes a function for any type of event.
   *
   * @param config what makes a session
   * @param eventType of the input; it serializes the state
   * @param timestamps reads an event's time
   */
  public SessionizeFunction(
      SessionConfig config, TypeInformation<E> eventType, TimestampExtractor<E> timestamps) {
    this.config = Checks.notNull("config", config);
    this.eventType = Checks.notNull("eventType", eventType);
    this.timestamps = Checks.notNull("timestamps", timestamps);
    lateTag = new OutputTag<>(LATE_TAG_ID, eventType);
    liveTag = new OutputTag<>(LIVE_TAG_ID, TypeInformation.of(LiveSession.class));
  }

  /**
   * Makes a function for interactions. Those that break a rule of {@link Interactions#violation} go
   * to the dead letters.
   *
   * @param config what makes a session
   * @return the function
   */
  public static SessionizeFunction<Interaction> forInteractions(SessionConfig config) {
    return new SessionizeFunction<>(
        config, TypeInformation.of(Interaction.class), SessionizeFunction::timeOfValid);
  }

  private static long timeOfValid(Interaction interaction) {
    String violation = Interactions.violation(interaction);
    if (violation != null) {
      throw new IllegalArgumentException(violation);
    }
    return interaction.timestampMillis();
  }

  /**
   * Gives the side output of late events.
   *
   * @return its tag; equal for all functions of the same event type
   */
  public OutputTag<E> lateTag() {
    return lateTag;
  }

  /**
   * Gives the side output that tells, at every event taken, what its session looks like.
   *
   * @return its tag
   */
  public OutputTag<LiveSession> liveTag() {
    return liveTag;
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // A class literal cannot name Session<E>.
  public TypeInformation<Session<E>> getProducedType() {
    return (TypeInformation)
        Types.POJO(
            Session.class,
            Map.of(
                "userId", Types.STRING,
                "startMillis", Types.LONG,
                "endMillis", Types.LONG,
                "events", Types.OBJECT_ARRAY(eventType)));
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    watermarksState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(WATERMARKS_STATE, Types.LONG));
    watermark = Long.MIN_VALUE;
    if (context.isRestored()) {
      // A key, and what is on its way to it, may come from any subtask. The lowest is safe: what it
      // lets in was late to some.
      long lowest = Long.MAX_VALUE;
      for (long restored : watermarksState.get()) {
        lowest = Math.min(lowest, restored);
      }
      watermark = lowest == Long.MAX_VALUE ? Long.MIN_VALUE : lowest;
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    // Also that there is none yet: in an unaligned checkpoint, first events may be on their way.
    watermarksState.update(List.of(watermark));
  }

  private long watermark(TimerService timers) {
    watermark = Math.max(watermark, timers.currentWatermark());
    return watermark;
  }

  @Override
  public void open(OpenContext context) {
    splitter = new SessionSplitter(config);
    pendingTimes =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    PENDING_TIMES_STATE, TypeInformation.of(PendingTimes.class)));
    pendingEvents =
        getRuntimeContext()
            .getListState(new ListStateDescriptor<>(PENDING_EVENTS_STATE, eventType));
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    lateEvents = metrics.counter(MetricNames.LATE_EVENTS);
    overflowedEvents = metrics.counter(MetricNames.OVERFLOWED_EVENTS);
    badEvents = metrics.counter(MetricNames.BAD_EVENTS);
    sessionsOpened = metrics.counter(MetricNames.SESSIONS_OPENED);
    keys = KeyCounters.in(metrics);
    reasons = new ReasonCounters(metrics);
    sessionsClosed = metrics.counter(MetricNames.SESSIONS_CLOSED);
  }

  @Override
  public void processElement(E event, Context context, Collector<Session<E>> out) throws Exception {
    long time;
    try {
      time = timestamps.timestampMillis(event);
      Checks.require(time >= 0, "timestampMillis", "non-negative", time);
    } catch (RuntimeException e) {
      badEvents.inc();
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      reasons.inc(reason);
      context.output(
          DeadLetter.TAG, DeadLetter.of(STAGE, reason, event, DeadLetter.UNKNOWN_TIMESTAMP));
      return;
    }
    PendingTimes pending = pendingOfUser();
    if (SessionSplitter.isLate(pending, time, watermark(context.timerService()))) {
      lateEvents.inc();
      context.output(lateTag, event);
      return;
    }
    if (pending.size() >= config.maxBufferedEvents()) {
      overflowedEvents.inc();
      String reason =
          "pending events of a user must be at most maxBufferedEvents ("
              + config.maxBufferedEvents()
              + "), got one more";
      reasons.inc(reason);
      context.output(DeadLetter.TAG, DeadLetter.of(STAGE, reason, event, time));
      return;
    }
    if (pending.size() == 0) {
      keys.added().inc();
    }
    int index = pending.add(time);
    pendingEvents.add(event);
    LiveSession live = liveSession(context.getCurrentKey(), pending, index);
    if (live.length() == 1) {
      sessionsOpened.inc();
    }
    context.output(liveTag, live);
    emitCertain(pending, context.getCurrentKey(), context.timerService(), out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Session<E>> out)
      throws Exception {
    PendingTimes pending = pendingOfUser();
    pending.timer = PendingTimes.NO_TIMER;
    emitCertain(pending, context.getCurrentKey(), context.timerService(), out);
  }

  private PendingTimes pendingOfUser() throws Exception {
    PendingTimes pending = pendingTimes.value();
    return pending == null ? new PendingTimes() : pending;
  }

  private LiveSession liveSession(String userId, PendingTimes pending, int index) {
    int start = splitter.start(pending, index);
    int end = splitter.end(pending, start);
    return new LiveSession(userId, pending.times[start], pending.times[end - 1], end - start);
  }

  private void emitCertain(
      PendingTimes pending, String userId, TimerService timers, Collector<Session<E>> out)
      throws Exception {
    long now = watermark(timers);
    long wakeUp = PendingTimes.NO_TIMER;
    E[] arrived = null;
    int done = 0;
    while (done < pending.size() && wakeUp == PendingTimes.NO_TIMER) {
      int end = splitter.end(pending, done);
      long certainAt = splitter.certainAt(pending, done, end);
      if (certainAt > now) {
        wakeUp = certainAt;
      } else {
        if (arrived == null) {
          arrived = arrivedEvents(pending.size());
        }
        E[] events = inTimeOrder(arrived, pending, done, end);
        out.collect(new Session<>(userId, pending.times[done], pending.times[end - 1], events));
        sessionsClosed.inc();
        done = end;
      }
    }
    if (done > 0) {
      E[] rest = inTimeOrder(arrived, pending, done, pending.size());
      pendingEvents.update(Arrays.asList(rest));
      pending.removeFirst(done);
    }
    wakeUpAt(wakeUp, pending, timers);
    if (pending.size() == 0) {
      pendingTimes.clear();
      if (done > 0) {
        keys.freed().inc();
      }
    } else {
      pendingTimes.update(pending);
    }
  }

  /** An earlier timer may stay: it costs one look when it fires, less than a new one per event. */
  private static void wakeUpAt(long time, PendingTimes pending, TimerService timers) {
    if (pending.timer != PendingTimes.NO_TIMER) {
      if (time != PendingTimes.NO_TIMER && pending.timer <= time) {
        return;
      }
      timers.deleteEventTimeTimer(pending.timer);
    }
    if (time != PendingTimes.NO_TIMER) {
      timers.registerEventTimeTimer(time);
    }
    pending.timer = time;
  }

  private E[] arrivedEvents(int size) throws Exception {
    List<E> arrived = new ArrayList<>(size);
    pendingEvents.get().forEach(arrived::add);
    return arrived.toArray(newArray(0));
  }

  private E[] inTimeOrder(E[] arrived, PendingTimes pending, int from, int to) {
    E[] sorted = newArray(to - from);
    Arrays.setAll(sorted, i -> arrived[pending.positions[from + i]]);
    return sorted;
  }

  @SuppressWarnings("unchecked") // The component type is that of E.
  private E[] newArray(int length) {
    return (E[]) Array.newInstance(eventType.getTypeClass(), length);
  }
}
