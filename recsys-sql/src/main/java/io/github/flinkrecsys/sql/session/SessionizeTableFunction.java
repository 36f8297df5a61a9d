/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.session;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.session.PendingTimes;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.core.session.SessionSplitter;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.sql.table.Call;
import io.github.flinkrecsys.sql.table.CheckedTableFunction;
import io.github.flinkrecsys.sql.table.InteractionReader;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.types.Row;

/**
 * {@code SESSIONIZE(input => TABLE interactions PARTITION BY user_id, on_time => DESCRIPTOR(ts))}:
 * each user's interactions, gathered into sessions by the rules of {@link SessionSplitter}.
 *
 * <p>One row per session, when no row can join it any more. A row that comes too late for its
 * session is a session of its own with {@code is_late}. Insert-only. State per user: events since
 * the last session, at most {@code max_buffered}; freed when the session is sent.
 */
@FunctionHint(
    output =
        @DataTypeHint(
            "ROW<session_start TIMESTAMP_LTZ(3), session_end TIMESTAMP_LTZ(3), length INT,"
                + " item_ids ARRAY<STRING>, event_types ARRAY<STRING>, is_late BOOLEAN>"))
public final class SessionizeTableFunction extends CheckedTableFunction {
  private static final long serialVersionUID = 1L;
  private static final String CLOSE = "close";

  private transient InteractionReader reader;
  private transient Counter lateEvents;
  private transient Counter overflowedEvents;
  private transient SessionConfig config;

  /** Makes the function. */
  public SessionizeTableFunction() {}

  @Override
  protected void check(Call call) {
    InteractionReader.check(call.columns("input"));
    config(
        call.literal("gap", Duration.class, null),
        call.literal("max_length", Integer.class, null),
        call.literal("max_duration", Duration.class, null),
        call.literal("max_buffered", Integer.class, null));
  }

  private static SessionConfig config(
      Duration gap, Integer maxLength, Duration maxDuration, Integer maxBuffered) {
    SessionConfig defaults = SessionConfig.defaults();
    int length = maxLength == null ? defaults.maxLength() : maxLength;
    int buffered = maxBuffered == null ? defaults.maxBufferedEvents() : maxBuffered;
    Duration duration = maxDuration == null ? defaults.maxDuration() : maxDuration;
    // Here too, since messages must have the names that SQL has.
    Checks.positive("max_length", length);
    Checks.positive("max_duration", duration);
    Checks.require(
        buffered >= length, "max_buffered", "at least max_length (" + length + ")", buffered);
    return new SessionConfig(gap == null ? defaults.gap() : gap, length, duration, buffered);
  }

  @Override
  public void open(FunctionContext context) {
    reader = new InteractionReader("input", context);
    lateEvents = context.getMetricGroup().counter(MetricNames.LATE_EVENTS);
    overflowedEvents = context.getMetricGroup().counter(MetricNames.OVERFLOWED_EVENTS);
  }

  /**
   * Takes one interaction.
   *
   * @param context of the call
   * @param pending state
   * @param events state
   * @param input row of interactions
   * @param gap pause that ends a session, default 30 minutes
   * @param maxLength events after which a session is cut, default 1000
   * @param maxDuration time after which a session is cut, default 24 hours
   * @param maxBuffered events of a user that may wait for the watermark, default 10000
   */
  public void eval(
      Context context,
      @StateHint(name = "pending_times", ttl = NO_TTL) PendingTimes pending,
      @StateHint(name = "pending_events", ttl = NO_TTL) SessionEvents events,
      @ArgumentHint(
              name = "input",
              value = {ArgumentTrait.SET_SEMANTIC_TABLE, ArgumentTrait.REQUIRE_ON_TIME})
          Row input,
      @ArgumentHint(name = "gap", isOptional = true) Duration gap,
      @ArgumentHint(name = "max_length", isOptional = true) Integer maxLength,
      @ArgumentHint(name = "max_duration", isOptional = true) Duration maxDuration,
      @ArgumentHint(name = "max_buffered", isOptional = true) Integer maxBuffered) {
    if (config == null) {
      config = config(gap, maxLength, maxDuration, maxBuffered);
    }
    Interaction interaction = reader.read(context, input);
    if (interaction == null) {
      return;
    }
    long time = interaction.timestampMillis();
    if (SessionSplitter.isLate(pending, time, watermark(context))) {
      lateEvents.inc();
      SessionEvents late = new SessionEvents();
      late.add(interaction.itemId(), interaction.type());
      collect(time, time, late, true);
      return;
    }
    if (pending.size() >= config.maxBufferedEvents()) {
      overflowedEvents.inc();
      reader.refuse("pending events of a user must be at most max_buffered, got one more");
      return;
    }
    pending.add(time);
    events.limit(config);
    events.add(interaction.itemId(), interaction.type());
    sendCertain(context, pending, events);
  }

  /**
   * Sends sessions that have become certain.
   *
   * @param context of the timer
   * @param pending state
   * @param events state
   */
  public void onTimer(OnTimerContext context, PendingTimes pending, SessionEvents events) {
    if (pending.size() > 0) {
      sendCertain(context, pending, events);
    }
  }

  private void sendCertain(Context context, PendingTimes pending, SessionEvents events) {
    SessionSplitter splitter = new SessionSplitter(events.limits());
    long now = watermark(context);
    int done = 0;
    while (done < pending.size()) {
      int end = splitter.end(pending, done);
      long certainAt = splitter.certainAt(pending, done, end);
      if (certainAt > now) {
        context.timeContext(Long.class).registerOnTime(CLOSE, certainAt);
        break;
      }
      collect(
          pending.times[done],
          pending.times[end - 1],
          events.at(pending.positions, done, end),
          false);
      done = end;
    }
    if (done == pending.size()) {
      context.clearAll();
    } else if (done > 0) {
      events.takeOver(events.at(pending.positions, done, pending.size()));
      pending.removeFirst(done);
    }
  }

  private void collect(long start, long end, SessionEvents events, boolean isLate) {
    collect(
        Row.of(
            Instant.ofEpochMilli(start),
            Instant.ofEpochMilli(end),
            events.itemIds.length,
            events.itemIds,
            events.eventTypes,
            isLate));
  }

  private static long watermark(Context context) {
    Long watermark = context.timeContext(Long.class).currentWatermark();
    return watermark == null ? Long.MIN_VALUE : watermark;
  }
}
