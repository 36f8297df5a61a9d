/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.evaluation.MetricSums;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.core.neighbor.NeighborList;
import io.github.flinkrecsys.core.ranking.SeenItems;
import io.github.flinkrecsys.core.ranking.UserHistory;
import io.github.flinkrecsys.core.session.OpenSession;
import io.github.flinkrecsys.core.session.PendingTimes;
import io.github.flinkrecsys.operators.evaluation.ServedLists;
import io.github.flinkrecsys.operators.factorization.ItemFactorState;
import io.github.flinkrecsys.operators.feature.PopularityState;
import io.github.flinkrecsys.operators.feature.TrendingState;
import io.github.flinkrecsys.operators.neighbor.ItemCountState;
import io.github.flinkrecsys.operators.neighbor.OpenSessionItems;
import io.github.flinkrecsys.operators.neighbor.RecentItemIds;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * State that this version writes is read by a version whose class has a field more, by the steps of
 * Flink's state backends: the written snapshot of the serializer is compared with the new one, and
 * what it restores reads the old bytes into the new class.
 */
class StateEvolutionTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        ItemCountState.class,
        ItemFactorState.class,
        MetricSums.class,
        NeighborList.class,
        OpenSession.class,
        OpenSessionItems.class,
        PendingTimes.class,
        PopularityState.class,
        RecentItemIds.class,
        SeenItems.class,
        ServedLists.class,
        TrendingState.class,
        UserFactors.class,
        UserHistory.class
      })
  void aFieldMayBeAddedToAStateType(Class<?> type) throws Exception {
    Class<?> later = LaterClass.of(type);
    assertThat(later).isNotSameAs(type);
    Object old = type.getDeclaredConstructor().newInstance();
    fillNumbers(old);
    Object restored = restore(type, old, later);
    assertThat(restored).isInstanceOf(later);
    assertThat(later.getField(LaterClass.FIELD).get(restored)).isEqualTo(0L);
    for (Field field : type.getFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        assertThat(later.getField(field.getName()).get(restored))
            .as(field.getName())
            .usingRecursiveComparison()
            .isEqualTo(field.get(old));
      }
    }
  }

  @Test
  void aComponentMayBeAddedToARecord(@TempDir Path directory) throws Exception {
    String source =
        "package io.github.flinkrecsys.core.event;"
            + "public record Interaction(String userId, String itemId, String type,"
            + " double weight, long timestampMillis, long addedLater) {}";
    Class<?> later = LaterClass.of(Interaction.class, source, directory);
    Object restored = restore(Interaction.class, Interaction.click("u", "i", 5), later);
    assertThat(restored)
        .hasToString(
            "Interaction[userId=u, itemId=i, type=click, weight=1.0, timestampMillis=5,"
                + " addedLater=0]");
  }

  private static void fillNumbers(Object state) throws IllegalAccessException {
    for (Field field : state.getClass().getFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        continue;
      }
      if (field.getType() == long.class) {
        field.setLong(state, 77);
      } else if (field.getType() == float[].class) {
        field.set(state, new float[] {1, 2});
      } else if (field.getType() == long[].class) {
        field.set(state, new long[] {3, 4});
      }
    }
  }

  private static Object restore(Class<?> type, Object state, Class<?> later) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    @SuppressWarnings("unchecked")
    TypeSerializer<Object> before = (TypeSerializer<Object>) serializer(type);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, before.snapshotConfiguration());
    before.serialize(state, out);

    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    ClassLoader loader = later.getClassLoader();
    TypeSerializerSnapshot<Object> written = readSnapshot(in, loader);
    @SuppressWarnings("unchecked")
    TypeSerializer<Object> after = (TypeSerializer<Object>) serializer(later);
    var compatibility = after.snapshotConfiguration().resolveSchemaCompatibility(written);
    assertThat(compatibility.isCompatibleAfterMigration()).as("%s", compatibility).isTrue();
    return written.restoreSerializer().deserialize(in);
  }

  private static TypeSerializerSnapshot<Object> readSnapshot(
      DataInputDeserializer in, ClassLoader loader) throws IOException {
    return TypeSerializerSnapshot.readVersionedSnapshot(in, loader);
  }

  private static TypeSerializer<?> serializer(Class<?> type) {
    return TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
  }
}
