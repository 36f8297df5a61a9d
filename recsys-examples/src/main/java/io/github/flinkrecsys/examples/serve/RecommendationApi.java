/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.JsonSchema;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The routes of recommendations: of a user, and of an anonymous session. */
public final class RecommendationApi {
  static final int MAX_K = 100;
  static final int DEFAULT_K = 10;
  static final int MAX_ID_LENGTH = 256;
  static final int MAX_BODY_BYTES = 64 * 1024;

  private final RecommendationStore store;
  private final LiveRecommender live;
  private final Duration timeout;
  private final JsonSchema<RecommendationList> json = new JsonSchema<>(RecommendationList.class);

  /**
   * Makes the API.
   *
   * @param store where lists of users are found
   * @param live answers what is not in the store, or null if nobody does
   * @param timeout how long its answer is waited for
   */
  public RecommendationApi(RecommendationStore store, LiveRecommender live, Duration timeout) {
    this.store = Checks.notNull("store", store);
    this.live = live;
    this.timeout = Checks.positive("timeout", timeout);
  }

  /**
   * Adds the routes.
   *
   * @param routes to add to
   */
  public void addTo(Routes routes) {
    routes.add("GET", "/recommendations/{userId}", this::ofUser);
    routes.add("POST", "/recommendations", this::ofSession);
  }

  private Reply ofUser(Call call) throws Exception {
    String userId = call.pathParameter();
    if (userId.length() > MAX_ID_LENGTH) {
      throw new HttpFailure(400, "userId must be at most " + MAX_ID_LENGTH + " characters");
    }
    int k = call.query("k", DEFAULT_K, 1, MAX_K);
    String explain = call.query("explain");
    if (explain != null && !explain.matches("true|false")) {
      throw new HttpFailure(400, "explain must be true or false");
    }
    RecommendationList kept =
        stored(userId)
            .orElseThrow(() -> new HttpFailure(404, "no recommendations are kept for this user"));
    return reply("true".equals(explain) ? answer(userId, List.of(), k, true) : shortened(kept, k));
  }

  private Optional<RecommendationList> stored(String userId) throws HttpFailure {
    try {
      return store.get(userId);
    } catch (Exception e) {
      throw new HttpFailure(503, "the store of recommendations cannot be read now");
    }
  }

  private static RecommendationList shortened(RecommendationList list, int k) {
    ScoredItem[] items = list.items();
    return items.length <= k
        ? list
        : new RecommendationList(
            list.userId(),
            list.generatedAtMillis(),
            list.modelVersion(),
            list.policy(),
            Arrays.copyOf(items, k));
  }

  private Reply ofSession(Call call) throws Exception {
    SessionRequest request = SessionRequest.read(call.jsonBody(MAX_BODY_BYTES));
    return reply(answer("", request.itemIds(), request.k(), request.explain()));
  }

  private RecommendationList answer(String userId, List<String> itemIds, int k, boolean explain)
      throws HttpFailure {
    if (live == null) {
      throw new HttpFailure(503, "no job is running here");
    }
    CompletableFuture<RecommendationList> answer = live.ask(userId, itemIds, k, explain);
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new HttpFailure(503, e.getCause().getMessage());
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw new HttpFailure(503, "the job did not answer within " + timeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      answer.cancel(false);
      throw new HttpFailure(503, "the service is stopping");
    }
  }

  private Reply reply(RecommendationList list) {
    return Reply.json(json.serialize(list));
  }
}
