/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.savepoints;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StateSerializerProvider;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.restore.FullSnapshotRestoreOperation;
import org.apache.flink.runtime.state.restore.SavepointRestoreResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamGraphHasherV2;
import org.apache.flink.util.StateMigrationException;

/**
 * Reads how many entries each state of a canonical savepoint has: elements of operator state, and
 * keys of keyed state, of maps their entries.
 */
public final class SavepointContents {
  private static final Pattern TYPE =
      Pattern.compile("io\\.github\\.flinkrecsys\\.([a-z]+\\.)+[A-Z][A-Za-z]*");

  private final Map<String, Long> entries = new TreeMap<>();

  private SavepointContents() {}

  /** Uids of a job's operators by their ids in hexadecimal digits. */
  public static Map<String, String> uids(StreamExecutionEnvironment job) {
    StreamGraph graph = job.getStreamGraph();
    Map<String, String> uids = new HashMap<>();
    new StreamGraphHasherV2()
        .traverseStreamGraphAndGenerateHashes(graph)
        .forEach(
            (node, hash) ->
                uids.put(
                    new OperatorID(hash).toHexString(),
                    graph.getStreamNode(node).getTransformationUID()));
    return uids;
  }

  /**
   * Reads.
   *
   * @param savepoint its directory
   * @param uids of {@link #uids}
   * @return entries by uid and name of the state, separated by a blank; without timers
   */
  public static Map<String, Long> read(Path savepoint, Map<String, String> uids) throws Exception {
    SavepointContents contents = new SavepointContents();
    for (OperatorState operator : metadata(savepoint).getOperatorStates()) {
      String uid = uids.get(operator.getOperatorID().toHexString());
      for (OperatorSubtaskState subtask : operator.getStates()) {
        for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
          contents.addOperatorState(uid, handle);
        }
        contents.addKeyedState(uid, List.copyOf(subtask.getManagedKeyedState()), operator);
      }
    }
    return contents.entries;
  }

  /** The classes of the library that the serializers of a savepoint name. */
  public static Set<String> types(Path savepoint) throws IOException {
    Set<String> types = new TreeSet<>();
    try (Stream<Path> files = Files.list(savepoint)) {
      for (Path file : files.toList()) {
        Matcher name = TYPE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (name.find()) {
          types.add(name.group());
        }
      }
    }
    return types;
  }

  private static CheckpointMetadata metadata(Path savepoint) throws IOException {
    try (DataInputStream in =
        new DataInputStream(Files.newInputStream(savepoint.resolve("_metadata")))) {
      return Checkpoints.loadCheckpointMetadata(
          in, SavepointContents.class.getClassLoader(), savepoint.toUri().toString());
    }
  }

  private void addOperatorState(String uid, OperatorStateHandle handle) {
    handle
        .getStateNameToPartitionOffsets()
        .forEach(
            (state, info) ->
                entries.merge(uid + " " + state, (long) info.getOffsets().length, Long::sum));
  }

  private void addKeyedState(String uid, List<KeyedStateHandle> handles, OperatorState operator)
      throws IOException, StateMigrationException {
    for (KeyedStateHandle handle : handles) {
      var restore =
          new FullSnapshotRestoreOperation<>(
              KeyGroupRange.of(0, operator.getMaxParallelism() - 1),
              SavepointContents.class.getClassLoader(),
              List.of(handle),
              StateSerializerProvider.fromNewRegisteredSerializer(keySerializer(handle)));
      try (var restored = restore.restore()) {
        while (restored.hasNext()) {
          addEntries(uid, restored.next());
        }
      }
    }
  }

  private static TypeSerializer<?> keySerializer(KeyedStateHandle handle) throws IOException {
    var header = new KeyedBackendSerializationProxy<>(SavepointContents.class.getClassLoader());
    try (FSDataInputStream in = ((KeyGroupsStateHandle) handle).openInputStream()) {
      header.read(new DataInputViewStreamWrapper(in));
    }
    return header.getKeySerializerSnapshot().restoreSerializer();
  }

  private void addEntries(String uid, SavepointRestoreResult result)
      throws IOException, StateMigrationException {
    List<StateMetaInfoSnapshot> states = result.getStateMetaInfoSnapshots();
    Map<Integer, Long> counts = new HashMap<>();
    try (var groups = result.getRestoredKeyGroups()) {
      while (groups.hasNext()) {
        try (var group = groups.next().getKeyGroupEntries()) {
          while (group.hasNext()) {
            counts.merge(group.next().getKvStateId(), 1L, Long::sum);
          }
        }
      }
    }
    for (int id = 0; id < states.size(); id++) {
      if (states.get(id).getBackendStateType()
          == StateMetaInfoSnapshot.BackendStateType.KEY_VALUE) {
        entries.merge(uid + " " + states.get(id).getName(), counts.getOrDefault(id, 0L), Long::sum);
      }
    }
  }
}
