/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets records that meet a rule pass.
 *
 * <p>Any other goes to {@link DeadLetter#TAG} with the reason and is counted in {@value
 * MetricNames#INVALID_RECORDS}; it never fails the job, not even when the rule throws.
 *
 * @param <T> type of the records
 */
public final class ValidateFunction<T> extends ProcessFunction<T, T>
    implements ResultTypeQueryable<T> {
  static final String STAGE = "validate";

  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final RecordRule<T> rule;
  private transient Counter invalidRecords;
  private transient ReasonCounters reasons;

  /**
   * Makes a function.
   *
   * @param type of the records
   * @param rule that every record must meet
   * @throws IllegalArgumentException if one is null
   */
  public ValidateFunction(Class<T> type, RecordRule<T> rule) {
    this.type = Checks.notNull("type", type);
    this.rule = Checks.notNull("rule", rule);
  }

  /**
   * Makes a function for interactions, by {@link RecordRules#interactions}; those that are more
   * than a day ahead of the clock are refused, too.
   *
   * @return the function
   */
  public static ValidateFunction<Interaction> interactions() {
    return interactions(RecordRules.DEFAULT_MAX_AHEAD);
  }

  /**
   * Makes a function for interactions, by {@link RecordRules#interactions}.
   *
   * @param maxAhead how far a timestamp may be ahead of the clock; zero for any up to the year 9999
   * @return the function
   * @throws IllegalArgumentException if it is null or out of range
   */
  public static ValidateFunction<Interaction> interactions(Duration maxAhead) {
    return new ValidateFunction<>(Interaction.class, RecordRules.interactions(maxAhead));
  }

  /**
   * Makes a function for requests, by {@link RecordRules#requests}; those that are more than a day
   * ahead of the clock are refused, too.
   *
   * @return the function
   */
  public static ValidateFunction<RecommendationRequest> requests() {
    return requests(RecordRules.DEFAULT_MAX_AHEAD);
  }

  /**
   * Makes a function for requests, by {@link RecordRules#requests}.
   *
   * @param maxAhead as of {@link #interactions(Duration)}
   * @return the function
   * @throws IllegalArgumentException if it is null or out of range
   */
  public static ValidateFunction<RecommendationRequest> requests(Duration maxAhead) {
    return new ValidateFunction<>(RecommendationRequest.class, RecordRules.requests(maxAhead));
  }

  /**
   * Makes a function for items' metadata, by {@link RecordRules#itemMetadata}; those that are more
   * than a day ahead of the clock are refused, too.
   *
   * @return the function
   */
  public static ValidateFunction<ItemMetadata> itemMetadata() {
    return itemMetadata(RecordRules.DEFAULT_MAX_AHEAD);
  }

  /**
   * Makes a function for items' metadata, by {@link RecordRules#itemMetadata}.
   *
   * @param maxAhead as of {@link #interactions(Duration)}
   * @return the function
   * @throws IllegalArgumentException if it is null or out of range
   */
  public static ValidateFunction<ItemMetadata> itemMetadata(Duration maxAhead) {
    return new ValidateFunction<>(ItemMetadata.class, RecordRules.itemMetadata(maxAhead));
  }

  @Override
  public void open(OpenContext context) {
    invalidRecords = getRuntimeContext().getMetricGroup().counter(MetricNames.INVALID_RECORDS);
    reasons = new ReasonCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(T record, Context context, Collector<T> out) {
    String reason;
    try {
      reason = rule.apply(record);
    } catch (RuntimeException | StackOverflowError e) {
      reason = "record must be checkable, got " + e;
    }
    if (reason == null) {
      out.collect(record);
      return;
    }
    invalidRecords.inc();
    reasons.inc(reason);
    long timestamp = context.timestamp() == null ? -1 : context.timestamp();
    context.output(DeadLetter.TAG, DeadLetter.of(STAGE, reason, record, timestamp));
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return TypeInformation.of(type);
  }
}
