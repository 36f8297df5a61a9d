/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where a job and a service of the same JVM meet: the job's lists are kept for the service, and the
 * service's requests are a source of the job.
 *
 * <p>In a job that runs in other processes the source ends at once and nothing is kept. Lists of at
 * most {@value #MAX_USERS} users are kept, and at most {@value #MAX_OPEN} requests are open.
 */
public final class JobExchange implements RecommendationStore, LiveRecommender, AutoCloseable {
  static final int MAX_USERS = 20_000;
  static final int MAX_OPEN = 512;

  private static final ConcurrentHashMap<String, JobExchange> OPEN = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final KeptLists lists = new KeptLists(MAX_USERS);
  private final OpenRequests requests = new OpenRequests(MAX_OPEN);
  private final JobGauges gauges = new JobGauges();

  private JobExchange() {}

  /**
   * Opens an exchange.
   *
   * @return a new one, to be closed when the job has ended
   */
  public static JobExchange open() {
    JobExchange exchange = new JobExchange();
    OPEN.put(exchange.id, exchange);
    return exchange;
  }

  /** Finds an exchange that is open in this JVM, or null. */
  static JobExchange find(String id) {
    return OPEN.get(id);
  }

  /**
   * Adds the source of requests to a job. It holds no watermark back.
   *
   * @param env of the job
   * @param uid of the source
   * @return requests, which end with {@link #endRequests}
   */
  public DataStream<RecommendationRequest> requests(StreamExecutionEnvironment env, String uid) {
    return env.fromSource(
            new RequestSource(id),
            WatermarkStrategy.noWatermarks(),
            uid,
            TypeInformation.of(RecommendationRequest.class))
        .uid(uid)
        .setParallelism(1)
        .setBufferTimeout(0);
  }

  /**
   * Adds the operator that keeps lists and hands answers over.
   *
   * @param all lists of the job, answers among them
   * @return the lists that answer no request, to be given a name and a uid
   */
  public SingleOutputStreamOperator<RecommendationList> keep(DataStream<RecommendationList> all) {
    return all.filter(new ListKeeper(id));
  }

  /** Takes a list of the job; tells whether it answered a request. */
  boolean take(RecommendationList list) {
    boolean isAnswer = requests.answer(list);
    if (!isAnswer) {
      lists.put(list);
    }
    return isAnswer;
  }

  /**
   * Gives what the functions of a job find the exchange by.
   *
   * @return its id
   */
  public String id() {
    return id;
  }

  /**
   * Gives the gauges of the job.
   *
   * @return gauges, empty unless the job reports them
   */
  public JobGauges gauges() {
    return gauges;
  }

  OpenRequests openRequests() {
    return requests;
  }

  @Override
  public Optional<RecommendationList> get(String userId) {
    return lists.get(userId);
  }

  @Override
  public CompletableFuture<RecommendationList> ask(
      String userId, List<String> itemIds, int k, boolean explain) {
    return requests.add(userId, itemIds, k, explain);
  }

  /**
   * Counts the users whose lists are kept.
   *
   * @return how many
   */
  public int users() {
    return lists.size();
  }

  /**
   * Gives the users whose lists are newest.
   *
   * @param count how many at most
   * @return their ids, newest first
   */
  public List<String> newestUsers(int count) {
    return lists.newestUsers(count);
  }

  /**
   * Tells whether a job reads the requests.
   *
   * @return false before it starts and after it ended
   */
  public boolean isServed() {
    return requests.isServed();
  }

  /**
   * Counts the requests that wait for their answer.
   *
   * @return how many
   */
  public int openCount() {
    return requests.size();
  }

  /**
   * Tells how far the job is.
   *
   * @return event time of the newest list, 0 before the first
   */
  public long newestMillis() {
    return requests.newestMillis();
  }

  /**
   * Ends the source of requests, and with it the job once its other sources have ended.
   *
   * @param id of an exchange; one that is not of this JVM is passed over
   */
  public static void endRequests(String id) {
    JobExchange exchange = find(id);
    if (exchange != null) {
      exchange.requests.end();
    }
  }

  @Override
  public void close() {
    OPEN.remove(id);
    requests.end();
  }
}
