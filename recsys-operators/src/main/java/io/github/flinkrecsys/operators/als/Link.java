/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

/**
 * A pair as one of its sides sees it.
 *
 * @param block of the row
 * @param id of the row: a user or an item
 * @param otherId what it is paired with on the other side
 */
public record Link(int block, String id, String otherId) {}
