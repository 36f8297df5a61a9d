/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import io.github.flinkrecsys.sql.evaluation.PrequentialTableFunction;
import io.github.flinkrecsys.sql.factorization.FactorizeTableFunction;
import io.github.flinkrecsys.sql.feature.TrendingTableFunction;
import io.github.flinkrecsys.sql.neighbor.ItemCountsTableFunction;
import io.github.flinkrecsys.sql.neighbor.ItemNeighborsTableFunction;
import io.github.flinkrecsys.sql.neighbor.ItemPairsTableFunction;
import io.github.flinkrecsys.sql.ranking.TopKTableFunction;
import io.github.flinkrecsys.sql.session.SessionizeTableFunction;
import io.github.flinkrecsys.sql.vector.CosineFunction;
import io.github.flinkrecsys.sql.vector.DotFunction;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.module.Module;

/** All functions of this library, by the names that SQL calls them. */
public final class RecsysModule implements Module {
  private static final Map<String, Supplier<UserDefinedFunction>> FUNCTIONS =
      Map.ofEntries(
          Map.entry("dot", DotFunction::new),
          Map.entry("dot_product", DotFunction::new),
          Map.entry("cosine", CosineFunction::new),
          Map.entry("sessionize", SessionizeTableFunction::new),
          Map.entry("trending", TrendingTableFunction::new),
          Map.entry("factorize", FactorizeTableFunction::new),
          Map.entry("item_pairs", ItemPairsTableFunction::new),
          Map.entry("item_counts", ItemCountsTableFunction::new),
          Map.entry("item_neighbors", ItemNeighborsTableFunction::new),
          Map.entry("top_k", TopKTableFunction::new),
          Map.entry("prequential", PrequentialTableFunction::new));

  /** Makes the module. */
  public RecsysModule() {}

  @Override
  public Set<String> listFunctions() {
    return FUNCTIONS.keySet();
  }

  @Override
  public Optional<FunctionDefinition> getFunctionDefinition(String name) {
    return Optional.ofNullable(FUNCTIONS.get(name.toLowerCase(Locale.ROOT))).map(Supplier::get);
  }
}
