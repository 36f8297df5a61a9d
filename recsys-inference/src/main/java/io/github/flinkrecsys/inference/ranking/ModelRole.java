/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

/** What a version of a model is used for. */
public enum ModelRole {
  /** Serves everybody whom no {@link #SPLIT} serves; takes the place of the version before. */
  SERVE,

  /** Serves a share of the users, always the same ones. */
  SPLIT,

  /** Scores everything that is served; its scores go to a side output. */
  SHADOW,

  /** Is let go of. */
  RETIRE
}
