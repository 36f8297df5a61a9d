/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import java.io.IOException;

/**
 * A model cannot be loaded or run. The message, of one line, names the file, and what does not fit:
 * up to {@value #MAX_PROBLEM} characters of it, as names in a file may be of any length.
 */
public final class ModelException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_PROBLEM = 1_000;

  /**
   * Makes one without a cause.
   *
   * @param model which one
   * @param problem what is wrong with it, to follow its name
   */
  public ModelException(ModelVersion model, String problem) {
    super(model + " " + line(problem));
  }

  ModelException(ModelVersion model, String problem, Throwable cause) {
    super(model + " " + line(problem), cause);
  }

  /**
   * Models may name their tensors with line breaks, and ONNX Runtime ends its messages with one.
   */
  private static String line(String problem) {
    int length = Math.min(problem.length(), MAX_PROBLEM);
    StringBuilder line = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = problem.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    return line.toString().strip() + (length < problem.length() ? "..." : "");
  }
}
