/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * Requests on their way through a job, and who waits for them. A request is known again by its user
 * and its event time, which come back in the list; so no two get the same time.
 *
 * <p>Event time is that of the newest list, and moves on by a millisecond per request.
 */
final class OpenRequests {
  private final int maxOpen;
  private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
  private final ArrayDeque<RecommendationRequest> unread = new ArrayDeque<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private boolean isRead;
  private boolean isOver;
  private long newestMillis;
  private long lastMillis = -1;

  private record Waiting(String userId, CompletableFuture<RecommendationList> answer) {}

  OpenRequests(int maxOpen) {
    this.maxOpen = maxOpen;
  }

  synchronized CompletableFuture<RecommendationList> add(
      String userId, List<String> itemIds, int k, boolean explain) {
    if (!isRead || isOver) {
      return refused("no job is running here");
    }
    if (isFull()) {
      unread.removeIf(this::isForgotten);
      waiting.values().removeIf(one -> one.answer().isDone());
    }
    if (isFull()) {
      return refused("too many requests are open");
    }
    lastMillis = Math.max(lastMillis + 1, newestMillis);
    CompletableFuture<RecommendationList> answer = new CompletableFuture<>();
    waiting.put(lastMillis, new Waiting(userId, answer));
    unread.add(
        new RecommendationRequest(
            userId, k, null, itemIds.toArray(String[]::new), explain, lastMillis));
    available.complete(null);
    return answer;
  }

  private static CompletableFuture<RecommendationList> refused(String reason) {
    return CompletableFuture.failedFuture(new RejectedExecutionException(reason));
  }

  private boolean isFull() {
    return waiting.size() >= maxOpen || unread.size() >= maxOpen;
  }

  /** Takes a list out of the job's output, if it is an answer. */
  boolean answer(RecommendationList list) {
    Waiting one;
    synchronized (this) {
      newestMillis = Math.max(newestMillis, list.generatedAtMillis());
      one = waiting.get(list.generatedAtMillis());
      if (one == null || !one.userId().equals(list.userId())) {
        // No event has an anonymous user: such a list answers somebody who no longer waits.
        return list.userId().isEmpty();
      }
      waiting.remove(list.generatedAtMillis());
    }
    one.answer().complete(list);
    return true;
  }

  /** Tells that a job reads the requests. */
  synchronized void start() {
    isRead = true;
  }

  /** Gives the oldest request that the job has not read and somebody waits for, or null. */
  synchronized RecommendationRequest poll() {
    RecommendationRequest next = unread.poll();
    while (next != null && isForgotten(next)) {
      next = unread.poll();
    }
    return next;
  }

  private boolean isForgotten(RecommendationRequest request) {
    Waiting one = waiting.get(request.timestampMillis());
    if (one != null && one.answer().isDone()) {
      waiting.remove(request.timestampMillis());
      return true;
    }
    return one == null;
  }

  /** Gives what is complete once there is a request to read or there will be no more. */
  synchronized CompletableFuture<Void> available() {
    if (unread.isEmpty() && !isOver && available.isDone()) {
      available = new CompletableFuture<>();
    }
    return available;
  }

  synchronized boolean isOver() {
    return isOver;
  }

  synchronized boolean isServed() {
    return isRead && !isOver;
  }

  synchronized int size() {
    return waiting.size();
  }

  synchronized long newestMillis() {
    return newestMillis;
  }

  /** Ends the stream of requests; those that wait are refused. */
  void end() {
    List<Waiting> left = new ArrayList<>();
    synchronized (this) {
      isOver = true;
      for (Iterator<Waiting> all = waiting.values().iterator(); all.hasNext(); ) {
        left.add(all.next());
        all.remove();
      }
      available.complete(null);
    }
    left.forEach(
        one -> one.answer().completeExceptionally(new RejectedExecutionException("the job ended")));
  }
}
