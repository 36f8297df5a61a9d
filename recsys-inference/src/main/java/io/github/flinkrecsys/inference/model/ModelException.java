/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import java.io.IOException;

/** A model cannot be loaded or run. The message names the file, and what does not fit. */
public final class ModelException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a cause.
   *
   * @param model which one
   * @param problem what is wrong with it, to follow its name
   */
  public ModelException(ModelVersion model, String problem) {
    super(model + " " + problem);
  }

  ModelException(ModelVersion model, String problem, Throwable cause) {
    super(model + " " + problem, cause);
  }
}
