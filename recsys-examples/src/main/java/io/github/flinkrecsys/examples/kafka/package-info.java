/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A recommender between Kafka topics: interactions, requests and items' metadata in, lists out.
 *
 * <p>In: topics of JSON objects. Out: a topic of lists, each exactly once, and a topic of what was
 * refused, with its place.
 */
package io.github.flinkrecsys.examples.kafka;
