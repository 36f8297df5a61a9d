/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void everySourceThatIsJudgedHasItsPlace() throws Exception {
    List<String> names = new ArrayList<>(List.of(SequenceModelConfig.NAME));
    for (Field name : Sources.class.getFields()) {
      names.add((String) name.get(null));
    }
    // What was put into a list to try it out comes from no source that ranks.
    names.remove(Sources.EXPLORATION);
    assertThat(Summary.ORDER).containsExactlyInAnyOrderElementsOf(names);
  }
}
