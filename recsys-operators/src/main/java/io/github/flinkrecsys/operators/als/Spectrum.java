/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

/**
 * What a block must know of all standing rows.
 *
 * @param gramian diagonal of their Gramian along their principal axes
 * @param rows how many there are
 */
public record Spectrum(double[] gramian, long rows) {}
