/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.testing;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/**
 * All records of a stream of a job in this process. Flink 1.20 gives the sink of {@code
 * collectAsync()} no uid, so a job that refuses generated ones cannot use it there. Records that
 * are sent again after a failure are here twice.
 */
public final class Collected<T> {
  private static final Map<String, Queue<Object>> RECORDS = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  private Collected() {
    RECORDS.put(id, new ConcurrentLinkedQueue<>());
  }

  /** Adds the end of a stream to its job. */
  public static <T> Collected<T> of(DataStream<T> stream, String uid) {
    Collected<T> collected = new Collected<>();
    stream.flatMap(new Collecting<>(collected.id)).name(uid).uid(uid);
    return collected;
  }

  /** All records so far, those of a subtask in their order. */
  @SuppressWarnings("unchecked") // Only the one stream writes under this id.
  public List<T> records() {
    return (List<T>) List.copyOf(RECORDS.get(id));
  }

  private static final class Collecting<T> implements FlatMapFunction<T, Integer> {
    private static final long serialVersionUID = 1L;

    private final String id;

    Collecting(String id) {
      this.id = id;
    }

    @Override
    public void flatMap(T record, Collector<Integer> out) {
      RECORDS.get(id).add(record);
    }
  }
}
