/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

import io.github.flinkrecsys.core.als.FactorRow;
import io.github.flinkrecsys.operators.event.DeadLetter;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What a training gives.
 *
 * @param rows each user and each item once, in no order
 * @param deadLetters interactions without a user or an item
 */
public record TrainedRows(DataStream<FactorRow> rows, DataStream<DeadLetter> deadLetters) {}
