/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.inference.ranking.CandidateFeatures;
import io.github.flinkrecsys.inference.ranking.EncodedVector;
import io.github.flinkrecsys.inference.ranking.ListOrFeatures;
import io.github.flinkrecsys.inference.ranking.ModelChange;
import io.github.flinkrecsys.inference.ranking.ModelStatus;
import io.github.flinkrecsys.inference.ranking.ShadowScores;
import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import io.github.flinkrecsys.inference.testing.StatePage;
import io.github.flinkrecsys.savepoints.StateEvolution;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.io.TempDir;
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

  /**
   * Rows of the page are those of the descriptors in the code: name, kind, and the class of a
   * value, of records with their components.
   */
  @ParameterizedTest
  @CsvSource({
    "ModelOperator, changes",
    "SequenceModelFunction, inUse",
    "CandidateFeaturesFunction, ofUser",
    "CandidateFeaturesFunction, items",
    "CandidateFeaturesFunction, itemsVersion"
  })
  void stateIsAsThePageHasIt(String type, String factory) throws Exception {
    Method method =
        Class.forName("io.github.flinkrecsys.inference.ranking." + type).getDeclaredMethod(factory);
    method.setAccessible(true);
    StateDescriptor<?, ?> descriptor = (StateDescriptor<?, ?>) method.invoke(null);
    Type[] arguments = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments();
    StatePage.Row row = StatePage.rows().get(descriptor.getName());
    assertThat(row).as(descriptor.getName()).isNotNull();
    assertThat(row.type()).isEqualTo(text((Class<?>) arguments[arguments.length - 1]));
    assertThat(row.kind()).contains(descriptor.getType().name().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(classes = {FeatureVector.class, ModelChange.class, SequenceModelChange.class})
  void aFieldMayBeAddedToAStateType(Class<?> type, @TempDir Path directory) throws Exception {
    StateEvolution.assertFieldMayBeAdded(type, directory);
  }

  private static String text(Class<?> type) {
    if (!type.isRecord()) {
      return type == Long.class ? "long" : type.getSimpleName();
    }
    return Stream.of(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.joining(", ", type.getSimpleName() + "(", ")"));
  }
}
