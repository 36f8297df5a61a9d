/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.junit.jupiter.api.Test;

/** What Flink makes of the states of all functions. */
class StateTest {
  /** States without a TTL, each with the bound that it has instead. */
  private static final Map<String, String> BOUNDED_OTHERWISE =
      Map.of(
          "sessionize.pending_times", "max_buffered, and freed with the session",
          "sessionize.pending_events", "max_buffered, and freed with the session",
          "trending.counts", "dropped when the count has decayed",
          "trending.trending", "size",
          "trending.schedule", "three fields per partition",
          "factorize.users", "a timer per user",
          "factorize.items", "max_items",
          "top_k.histories", "a timer per user",
          "top_k.items", "max_items of FACTORIZE",
          "top_k.neighbor_lists", "neighbors per item");

  @Test
  void noStateIsSerializedByKryoAndEachIsFreedByTimeOrBoundedOtherwise() {
    DataTypeFactory types =
        ((TableEnvironmentImpl) new SqlSession().tables()).getCatalogManager().getDataTypeFactory();
    Set<String> withoutTtl = new TreeSet<>();
    Set<String> all = new TreeSet<>();
    for (String name : new RecsysModule().listFunctions()) {
      FunctionDefinition function = new RecsysModule().getFunctionDefinition(name).orElseThrow();
      if (!(function instanceof ProcessTableFunction)) {
        continue;
      }
      for (Map.Entry<String, StateTypeStrategy> state :
          function.getTypeInference(types).getStateTypeStrategies().entrySet()) {
        String uid = name + "." + state.getKey();
        all.add(uid);
        LogicalType type = state.getValue().inferType(null).orElseThrow().getLogicalType();
        assertThat(isRaw(type)).as("%s of type %s", uid, type).isFalse();
        Duration ttl = state.getValue().getTimeToLive(null).orElse(Duration.ZERO);
        if (ttl.isZero()) {
          withoutTtl.add(uid);
        } else {
          assertThat(ttl).as(uid).isIn(Duration.ofDays(365), Duration.ofDays(30));
        }
      }
    }
    assertThat(withoutTtl).isEqualTo(new TreeSet<>(BOUNDED_OTHERWISE.keySet()));
    assertThat(all).hasSizeGreaterThan(BOUNDED_OTHERWISE.size() + 5);
  }

  /**
   * A raw type is one that Flink leaves to Kryo, or to a serializer that no savepoint describes.
   */
  private static boolean isRaw(LogicalType type) {
    return type.is(LogicalTypeRoot.RAW) || type.getChildren().stream().anyMatch(StateTest::isRaw);
  }
}
