/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

import io.github.flinkrecsys.core.als.HalfSweep;
import io.github.flinkrecsys.core.als.ImplicitAlsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.MapPartitionFunction;
import org.apache.flink.util.Collector;

/** Makes the rows of a block from its pairs, and numbers them and what they are paired with. */
final class RowsOfBlock implements MapPartitionFunction<Link, AlsRow> {
  private static final long serialVersionUID = 1L;

  private final ImplicitAlsConfig config;
  private final boolean items;
  private final int otherBlocks;

  RowsOfBlock(ImplicitAlsConfig config, boolean items, int otherBlocks) {
    this.config = config;
    this.items = items;
    this.otherBlocks = otherBlocks;
  }

  @Override
  public void mapPartition(Iterable<Link> links, Collector<AlsRow> out) {
    int block = 0;
    TreeMap<String, SortedSet<String>> seenOf = new TreeMap<>();
    TreeMap<String, Long> places = new TreeMap<>();
    for (Link link : links) {
      block = link.block();
      seenOf.computeIfAbsent(link.id(), id -> new TreeSet<>()).add(link.otherId());
      places.put(link.otherId(), 0L);
    }
    number(places);
    int position = 0;
    int[] sent = new int[otherBlocks];
    for (Map.Entry<String, SortedSet<String>> row : seenOf.entrySet()) {
      long[] seen = row.getValue().stream().mapToLong(places::get).sorted().toArray();
      long[] targets = targets(seen, sent);
      double weight = items ? HalfSweep.popularityWeight(seen.length, config) : 1;
      float[] vector = items ? HalfSweep.initial(row.getKey(), config) : AlsRow.NO_VECTOR;
      out.collect(new AlsRow(block, position++, row.getKey(), seen, targets, weight, vector));
    }
  }

  /** The other side's rows by their block, in each by id: as that block counts what it sends. */
  private void number(TreeMap<String, Long> places) {
    int[] next = new int[otherBlocks];
    for (Map.Entry<String, Long> other : places.entrySet()) {
      int block = Blocks.of(other.getKey(), otherBlocks);
      other.setValue(BlockRow.place(block, next[block]++));
    }
  }

  private static long[] targets(long[] seenAscending, int[] sent) {
    List<Long> targets = new ArrayList<>();
    int last = -1;
    for (long place : seenAscending) {
      int block = BlockRow.block(place);
      if (block != last) {
        targets.add(BlockRow.place(block, sent[block]++));
        last = block;
      }
    }
    return targets.stream().mapToLong(Long::longValue).toArray();
  }
}
