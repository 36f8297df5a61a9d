/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.savepoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavepointNameTest {
  @Test
  void theNewestOfALineIsThatOfTheHighestRelease() {
    assertThat(
            newest(
                "0.10.0-flink-2.3.0",
                "0.9.0-flink-2.10.0",
                "0.2.0-flink-1.20.5",
                "0.1.0-flink-1.20.6"))
        .containsExactly("0.2.0-flink-1.20.5", "0.10.0-flink-2.3.0");
  }

  @Test
  void ofOneReleaseThatOfTheHighestFlinkIsTheNewest() {
    assertThat(newest("0.2.0-flink-2.10.0", "0.2.0-flink-2.9.1"))
        .containsExactly("0.2.0-flink-2.10.0");
  }

  private static List<String> newest(String... names) {
    return SavepointName.newestOfEachLine(Stream.of(names).map(SavepointName::of).toList()).stream()
        .map(SavepointName::toString)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2.0", "0.2.0-SNAPSHOT-flink-2.3.0", "true-flink-2.3.0", "-flink-2"})
  void aNameThatIsNotTwoVersionsIsRefused(String name) {
    assertThatThrownBy(() -> SavepointName.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name of a savepoint must be <release>-flink-<flink>, got " + name);
  }
}
