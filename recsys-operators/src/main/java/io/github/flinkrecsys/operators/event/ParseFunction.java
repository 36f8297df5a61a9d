/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.MalformedRecordException;
import io.github.flinkrecsys.core.event.RecordParser;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Turns lines into records.
 *
 * <p>A line that its parser refuses or fails on, or whose record breaks the rule, goes to {@link
 * DeadLetter#TAG} with the reason and is counted in {@value MetricNames#MALFORMED_RECORDS}; it
 * never fails the job. Lines that hold no record, such as headers, leave no trace.
 *
 * @param <T> type of the records
 */
public final class ParseFunction<T> extends ProcessFunction<String, T>
    implements ResultTypeQueryable<T> {
  static final String STAGE = "parse";

  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final RecordParser<T> parser;
  private final RecordRule<T> rule;
  private transient Counter malformedRecords;
  private transient ReasonCounters reasons;

  /**
   * Makes a function.
   *
   * @param type of the records
   * @param parser of the lines
   * @param rule that every record must meet
   * @throws IllegalArgumentException if one is null
   */
  public ParseFunction(Class<T> type, RecordParser<T> parser, RecordRule<T> rule) {
    this.type = Checks.notNull("type", type);
    this.parser = Checks.notNull("parser", parser);
    this.rule = Checks.notNull("rule", rule);
  }

  /**
   * Makes a function that accepts whatever its parser accepts.
   *
   * @param type of the records
   * @param parser of the lines
   * @throws IllegalArgumentException if one is null
   */
  public ParseFunction(Class<T> type, RecordParser<T> parser) {
    this(type, parser, record -> null);
  }

  /**
   * Makes a function for interactions, which must meet {@link Interactions#violation(Interaction)}.
   *
   * @param parser of the lines
   * @return the function
   * @throws IllegalArgumentException if the parser is null
   */
  public static ParseFunction<Interaction> interactions(RecordParser<Interaction> parser) {
    return new ParseFunction<>(Interaction.class, parser, Interactions::violation);
  }

  @Override
  public void open(OpenContext context) {
    malformedRecords = getRuntimeContext().getMetricGroup().counter(MetricNames.MALFORMED_RECORDS);
    reasons = new ReasonCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(String line, Context context, Collector<T> out) {
    T parsed = null;
    String reason;
    try {
      parsed = parser.parse(line);
      reason = parsed == null ? null : rule.apply(parsed);
    } catch (MalformedRecordException e) {
      reason = e.getMessage();
    } catch (RuntimeException | StackOverflowError e) {
      reason = "line must be parseable, got " + e;
    }
    if (reason != null) {
      malformedRecords.inc();
      reasons.inc(reason);
      long timestamp = context.timestamp() == null ? -1 : context.timestamp();
      context.output(DeadLetter.TAG, DeadLetter.of(STAGE, reason, line, timestamp));
    } else if (parsed != null) {
      out.collect(parsed);
    }
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return TypeInformation.of(type);
  }
}
