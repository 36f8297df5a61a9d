/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * A record that an operator refused, as text. A plain Flink POJO.
 *
 * @param stage operator that refused it, for example "sessionize"
 * @param reason rule that the record breaks, and how
 * @param record its text, at most {@value #MAX_RECORD_LENGTH} characters; cut off behind them
 * @param timestampMillis event time, milliseconds since 1970, or {@value #UNKNOWN_TIMESTAMP}
 */
public record DeadLetter(String stage, String reason, String record, long timestampMillis) {
  /** Characters of the record's text that are kept. */
  public static final int MAX_RECORD_LENGTH = 4096;

  /** Event time of a record that has none, or none that can be used. */
  public static final long UNKNOWN_TIMESTAMP = -1;

  /** Side output of every operator. */
  public static final OutputTag<DeadLetter> TAG =
      new OutputTag<>("recsys-dead-letters", TypeInformation.of(DeadLetter.class));

  /**
   * Cuts the record's text.
   *
   * @param stage operator
   * @param reason for refusing
   * @param record its text, may be null
   * @param timestampMillis event time
   */
  public DeadLetter {
    if (record != null && record.length() > MAX_RECORD_LENGTH) {
      record = record.substring(0, MAX_RECORD_LENGTH);
    }
  }

  /**
   * Describes a record of any type.
   *
   * @param stage operator that refuses it
   * @param reason rule that it breaks
   * @param record may be null; may be so broken that {@code toString} throws
   * @param timestampMillis event time, or {@value #UNKNOWN_TIMESTAMP}
   * @return the letter
   */
  public static DeadLetter of(String stage, String reason, Object record, long timestampMillis) {
    String text;
    try {
      text = String.valueOf(record);
    } catch (RuntimeException e) {
      text = record.getClass().getName() + " without text: " + e;
    }
    return new DeadLetter(stage, reason, text, timestampMillis);
  }
}
