/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

/** What a version of a model is used for. */
public enum ModelRole {
  /** Serves everybody whom no {@link #SPLIT} serves; takes the place of the version before. */
  SERVE,

  /** Serves a share of the users, always the same ones. */
  SPLIT,

  /** Scores what another version serves, and is not served. */
  SHADOW,

  /** Is let go of. */
  RETIRE
}
