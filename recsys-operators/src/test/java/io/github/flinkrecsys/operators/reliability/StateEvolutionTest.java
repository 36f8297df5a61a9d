/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import io.github.flinkrecsys.operators.testing.StatePage;
import io.github.flinkrecsys.savepoints.StateEvolution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All types of docs/state.md; {@link KeptStateTest} holds that no other is in a savepoint. */
class StateEvolutionTest {
  static Set<String> typesOfThePage() throws IOException {
    return StatePage.types();
  }

  @ParameterizedTest
  @MethodSource("typesOfThePage")
  void aFieldMayBeAddedToAStateType(String name, @TempDir Path directory) throws Exception {
    StateEvolution.assertFieldMayBeAdded(Class.forName(name), directory);
  }
}
