/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

/**
 * Principal axes of all rows of a side, as they travel.
 *
 * @param gramian diagonal of the Gramian along them
 * @param turn from the old axes to them
 * @param rows how many rows there are
 * @param weights sum of their weights
 */
public record StandingAxes(double[] gramian, float[][] turn, long rows, double weights) {}
