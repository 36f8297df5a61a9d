/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

/** Which side of the graph a node is on. */
public enum NodeKind {
  /** Its neighbours are items, whose ids it keeps. */
  USER,
  /** Its neighbours are users, of whom it keeps hashes. */
  ITEM
}
