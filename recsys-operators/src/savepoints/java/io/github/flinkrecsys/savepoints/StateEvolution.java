/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.savepoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * State that this version writes is read by a version whose class has a field more, by the steps of
 * Flink's state backends: the written snapshot of the serializer is compared with the new one, and
 * what it restores reads the old bytes into the new class.
 */
public final class StateEvolution {
  private StateEvolution() {}

  /**
   * Asserts that a field or component may be added to a type, and that every other one, filled with
   * something of its own, comes back.
   *
   * @param type Flink POJO or record
   * @param directory for a compiled class
   */
  public static void assertFieldMayBeAdded(Class<?> type, Path directory) throws Exception {
    Class<?> later =
        type.isRecord() ? LaterClass.of(type, laterRecord(type), directory) : LaterClass.of(type);
    assertThat(later).isNotSameAs(type);
    Object old = new SampleValues().of(type);
    Map<String, Object> written = SampleValues.fields(old);
    assertThat(written).isNotEmpty();

    Map<String, Object> restored = SampleValues.fields(restore(type, old, later));

    assertThat(restored.remove(LaterClass.FIELD)).isEqualTo(0L);
    assertThat(restored).usingRecursiveComparison().isEqualTo(written);
  }

  /** Source of the record with a component more. */
  private static String laterRecord(Class<?> type) {
    List<String> components =
        Arrays.stream(type.getRecordComponents())
            .map(component -> typeName(component) + " " + component.getName())
            .collect(Collectors.toList());
    components.add("long " + LaterClass.FIELD);
    return "package "
        + type.getPackageName()
        + "; public record "
        + type.getSimpleName()
        + "("
        + String.join(", ", components)
        + ") {}";
  }

  private static String typeName(RecordComponent component) {
    return component.getType().getCanonicalName();
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
    Object restored = written.restoreSerializer().deserialize(in);
    assertThat(in.available()).as("bytes that were not read").isZero();
    assertThat(restored).isInstanceOf(later);
    return restored;
  }

  private static TypeSerializerSnapshot<Object> readSnapshot(
      DataInputDeserializer in, ClassLoader loader) throws IOException {
    return TypeSerializerSnapshot.readVersionedSnapshot(in, loader);
  }

  private static TypeSerializer<?> serializer(Class<?> type) {
    return TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
  }
}
