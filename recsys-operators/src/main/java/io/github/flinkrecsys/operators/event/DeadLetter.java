/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * A record that an operator refused, and why.
 *
 * @param stage the operator that refused it
 * @param reason why, in the form {@code <name> must be <rule>, got <value>}
 * @param record text of the record, cut if it is long
 * @param timestampMillis event time of the record in milliseconds since 1970, -1 if unknown
 */
public record DeadLetter(String stage, String reason, String record, long timestampMillis) {
  /** The side output to which every operator of the library sends what it refuses. */
  public static final OutputTag<DeadLetter> TAG =
      new OutputTag<>("recsys-dead-letters", TypeInformation.of(DeadLetter.class));

  private static final int MAX_REASON_LENGTH = 512;

  /** Longest {@link #record}, in UTF-16 units; the rest is cut off. */
  public static final int MAX_RECORD_LENGTH = 4096;

  /** Timestamp of a record whose event time is not known. */
  public static final long UNKNOWN_TIMESTAMP = -1;

  /**
   * Makes a dead letter of bounded size.
   *
   * @param stage the operator that refused the record
   * @param reason why; cut after {@value #MAX_REASON_LENGTH} characters
   * @param record what it refused, may be null; its text is cut after {@value #MAX_RECORD_LENGTH}
   *     characters
   * @param timestampMillis event time of the record in milliseconds since 1970, -1 if unknown
   * @return the dead letter
   */
  public static DeadLetter of(String stage, String reason, Object record, long timestampMillis) {
    return new DeadLetter(
        stage,
        cut(String.valueOf(reason), MAX_REASON_LENGTH),
        cut(text(record), MAX_RECORD_LENGTH),
        timestampMillis);
  }

  private static String text(Object record) {
    try {
      return String.valueOf(record);
    } catch (RuntimeException e) {
      // What is refused may be broken enough that it cannot be printed; that must not fail the job.
      return record.getClass().getName() + " whose text failed with " + e.getClass().getName();
    }
  }

  private static String cut(String text, int maxLength) {
    return text.length() <= maxLength ? text : text.substring(0, maxLength);
  }
}
