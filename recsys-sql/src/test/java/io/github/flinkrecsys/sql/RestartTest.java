/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.core.neighbor.NeighborRows;
import io.github.flinkrecsys.core.ranking.UserHistory;
import io.github.flinkrecsys.sql.factorization.FactorizeTableFunction;
import io.github.flinkrecsys.sql.factorization.ItemState;
import io.github.flinkrecsys.sql.ranking.TopKTableFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** What the functions keep in memory is nothing that their state has not. */
class RestartTest {
  private static final long SEED = 11;

  private record Run(List<String> factors, List<String> lists, Map<String, NeighborRows> state) {}

  @Test
  void aRestartChangesNeitherFactorsNorListsNorNeighbors() throws Exception {
    Run withoutNeighbors = run(Integer.MAX_VALUE, 0);
    Run withNeighbors = run(Integer.MAX_VALUE, 100);

    assertThat(withNeighbors.lists).hasSize(300).isNotEqualTo(withoutNeighbors.lists);
    for (int restartEvery : new int[] {1, 7, 100}) {
      String name = "seed " + SEED + ", restarted every " + restartEvery + " rows";
      Run restarted = run(restartEvery, 0);
      assertThat(restarted.factors).as(name).isEqualTo(withoutNeighbors.factors);
      assertThat(restarted.lists).as(name).isEqualTo(withoutNeighbors.lists);
      // Their scores are divided by a count that the library caches, which a restart looks up anew.
      assertThat(run(restartEvery, 100).state).as(name).isEqualTo(withNeighbors.state);
    }
  }

  /** Runs a chain whose functions are thrown away now and then; their state is kept. */
  private static Run run(int restartEvery, int maxNeighbors) throws Exception {
    MapView<String, UserFactors> users = new MapView<>();
    MapView<String, ItemState> learned = new MapView<>();
    MapView<String, ItemState> ranked = new MapView<>();
    MapView<String, NeighborRows> neighbors = new MapView<>();
    MapView<String, UserHistory> histories = new MapView<>();
    Random random = new Random(SEED);
    List<Row> lists = new ArrayList<>();
    List<String> allFactors = new ArrayList<>();
    FactorizeTableFunction factorize = null;
    TopKTableFunction topK = null;
    for (int n = 0; n < 300; n++) {
      if (n % restartEvery == 0 || factorize == null) {
        factorize = new FactorizeTableFunction();
        topK = new TopKTableFunction();
        factorize.open(PtfContext.FUNCTION);
        topK.open(PtfContext.FUNCTION);
      }
      Row event = Row.of("shop", "u" + random.nextInt(20), "i" + random.nextInt(50));
      List<Row> factors = new ArrayList<>();
      factorize.setCollector(new ListCollector<>(factors));
      factorize.eval(
          PtfContext.interactions(n * 1_000L),
          users,
          learned,
          event,
          null,
          8,
          null,
          null,
          null,
          null,
          null,
          null);
      factors.forEach(row -> allFactors.add(row.toString()));
      topK.setCollector(new ListCollector<>(lists));
      for (Row row : factors) {
        topK.eval(
            PtfContext.factors(n * 1_000L),
            ranked,
            neighbors,
            histories,
            Row.join(Row.of("shop"), row),
            5,
            null,
            maxNeighbors,
            null);
      }
    }
    return new Run(
        allFactors,
        lists.stream()
            .map(row -> row.getField(0) + Arrays.toString(row.<Row[]>getFieldAs(1)))
            .toList(),
        neighbors.getMap());
  }
}
