/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

/**
 * Says why a text is not a record; the message is the reason, on one line.
 *
 * <p>It has no stack trace: bad input may be frequent, and where it was found tells nothing that
 * the reason does not.
 */
public final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_VALUE_LENGTH = 100;

  /**
   * Makes an exception with a reason.
   *
   * @param reason why the text is not a record; control characters in it become spaces
   */
  public MalformedRecordException(String reason) {
    super(printable(reason), null, false, false);
  }

  /**
   * Makes an exception that says {@code <name> must be <rule>, got <value>}.
   *
   * @param name of the field
   * @param rule what the field must be
   * @param value what it is; shown up to its first {@value #MAX_VALUE_LENGTH} characters
   */
  public MalformedRecordException(String name, String rule, Object value) {
    this(name + " must be " + rule + ", got " + shortened(String.valueOf(value)));
  }

  private static String shortened(String value) {
    return value.length() <= MAX_VALUE_LENGTH
        ? value
        : value.substring(0, MAX_VALUE_LENGTH) + "...";
  }

  private static String printable(String reason) {
    StringBuilder text = new StringBuilder(reason);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        text.setCharAt(i, ' ');
      }
    }
    return text.toString();
  }
}
