/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.session;

/**
 * Decides where sessions begin and end, and when that is certain.
 *
 * <p>A session begins at the first pending event. It takes the next event in time order unless that
 * one is {@code gap} or more after the session's last event, {@code maxDuration} or more after its
 * first, or the session has {@code maxLength} events; the event refused begins the next session.
 *
 * <p>A watermark {@code w} promises that every event still to come is later than {@code w}. So a
 * session is certain at the first watermark after which no event can join it: {@code min(last +
 * gap, first + maxDuration) - 1}, or the time of its last event if it is full. Sessions become
 * certain in time order, and nothing needs to be remembered of one that has been handed out: the
 * next pending event begins a session of its own, whether a pause or a limit ended the one before.
 *
 * <p>An event that is not later than the watermark is late unless an event at or before it is still
 * pending ({@link #isLate}). If there is one, the session that this event joins is open, and no
 * earlier one can change. If there is none, the session that it would join, or that it would
 * connect to a later one, may have been handed out. Every event later than the watermark is taken,
 * and whether another one is late does not depend on the order in which those arrived. So the
 * sessions are those of all events taken, sorted.
 *
 * @implNote Sums of times saturate at {@code Long.MAX_VALUE}; differences cannot overflow because
 *     times are not negative.
 */
public final class SessionSplitter {
  private final long gapMillis;
  private final int maxLength;
  private final long maxDurationMillis;

  /**
   * Makes a splitter.
   *
   * @param config what makes a session
   */
  public SessionSplitter(SessionConfig config) {
    gapMillis = config.gap().toMillis();
    maxLength = config.maxLength();
    maxDurationMillis = config.maxDuration().toMillis();
  }

  /**
   * Finds the end of a session.
   *
   * @param pending times of the user
   * @param from index of the session's first event
   * @return index after its last event
   * @implNote O(events of the session).
   */
  public int end(PendingTimes pending, int from) {
    long[] times = pending.times;
    int full = (int) Math.min(times.length, (long) from + maxLength);
    int end = from + 1;
    while (end < full
        && times[end] - times[end - 1] < gapMillis
        && times[end] - times[from] < maxDurationMillis) {
      end++;
    }
    return end;
  }

  /**
   * Finds the beginning of the session that an event is in.
   *
   * @param pending times of the user
   * @param index of the event
   * @return index of the session's first event
   * @implNote O(pending events before the session's end).
   */
  public int start(PendingTimes pending, int index) {
    int from = 0;
    for (int end = end(pending, from); end <= index; end = end(pending, from)) {
      from = end;
    }
    return from;
  }

  /**
   * Tells when a session can no longer change.
   *
   * @param pending times of the user
   * @param from index of the session's first event, with no open session before it
   * @param end index after its last event
   * @return the smallest watermark at which the session is certain
   */
  public long certainAt(PendingTimes pending, int from, int end) {
    long last = pending.times[end - 1];
    if (end - from == maxLength) {
      return last;
    }
    return Math.min(
        saturatedSum(last, gapMillis - 1),
        saturatedSum(pending.times[from], maxDurationMillis - 1));
  }

  /**
   * Tells whether an event comes after what it would have belonged to.
   *
   * @param pending times of the user, without sessions that are certain
   * @param time of the event
   * @param watermark now
   * @return whether the event must not be added
   */
  public static boolean isLate(PendingTimes pending, long time, long watermark) {
    return time <= watermark && (pending.size() == 0 || time < pending.times[0]);
  }

  private static long saturatedSum(long time, long duration) {
    return time > Long.MAX_VALUE - duration ? Long.MAX_VALUE : time + duration;
  }
}
