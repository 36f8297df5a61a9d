/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

/** What a factor model learns to predict. */
public enum Objective {
  /** The rating that a user gives: biased matrix factorization (Koren, Bell and Volinsky, 2009). */
  RATING,
  /** 1 for every interaction, pointwise: ISGD (Vinagre, Jorge and Gama, 2014). */
  POSITIVE,
  /** The item before sampled others: BPR (Rendle et al., 2009). */
  PAIRWISE
}
