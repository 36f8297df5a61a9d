/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.inference.ranking.CandidateFeatures;
import io.github.flinkrecsys.inference.ranking.EncodedVector;
import io.github.flinkrecsys.inference.ranking.ListOrFeatures;
import io.github.flinkrecsys.inference.ranking.ModelChange;
import io.github.flinkrecsys.inference.ranking.ModelStatus;
import io.github.flinkrecsys.inference.ranking.ShadowScores;
import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types and names of state and messages. */
class StateTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        CandidateFeatures.class,
        EncodedVector.class,
        ListOrFeatures.class,
        ModelChange.class,
        ModelStatus.class,
        SequenceModelChange.class,
        ShadowScores.class
      })
  void typesNeverFallBackToKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "ModelOperator, CHANGES",
    "SequenceModelFunction, STATE",
    "CandidateFeaturesFunction, USER",
    "CandidateFeaturesFunction, ITEMS",
    "CandidateFeaturesFunction, ITEMS_VERSION"
  })
  void namesOfStateAreOnThePage(String type, String constant) throws Exception {
    Field field =
        Class.forName("io.github.flinkrecsys.inference.ranking." + type).getDeclaredField(constant);
    field.setAccessible(true);
    assertThat(page("docs/state.md")).contains("`" + field.get(null) + "`");
  }

  @Test
  void typesOfStateAreOnThePage() throws Exception {
    assertThat(page("docs/state.md"))
        .contains("ModelChange(version, path, role, share)")
        .contains("SequenceModelChange(version, path, vocabularyPath, role, share)")
        .contains("FeatureVector(key, timestampMillis, version, values)");
  }

  static String page(String name) throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(root.resolve(name))) {
      root = root.getParent();
    }
    return Files.readString(root.resolve(name));
  }
}
