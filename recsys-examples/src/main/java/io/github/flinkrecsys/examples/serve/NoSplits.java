/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Has nothing to hand out: the one reader knows where its records are. */
final class NoSplits implements SplitEnumerator<NoSplits.Split, Void> {

  /** There is none. */
  interface Split extends SourceSplit {}

  /** Writes nothing and reads nothing. */
  static final class EmptySerializer<T> implements SimpleVersionedSerializer<T> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(T nothing) {
      return new byte[0];
    }

    @Override
    public T deserialize(int version, byte[] serialized) {
      return null;
    }
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int subtask, String requesterHostname) {}

  @Override
  public void addSplitsBack(List<Split> splits, int subtask) {}

  @Override
  public void addReader(int subtask) {}

  @Override
  public Void snapshotState(long checkpointId) {
    return null;
  }

  @Override
  public void close() {}
}
