/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.core.event.RecommendationRequest;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The requests of an exchange of this JVM. It has no splits and no state: a request that was in the
 * job when it failed is not answered, and who asked runs into the time-out.
 */
final class RequestSource implements Source<RecommendationRequest, NoSplits.Split, Void> {
  private static final long serialVersionUID = 1L;

  private final String exchangeId;

  RequestSource(String exchangeId) {
    this.exchangeId = exchangeId;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<RecommendationRequest, NoSplits.Split> createReader(
      SourceReaderContext context) {
    JobExchange exchange = JobExchange.find(exchangeId);
    return new RequestReader(exchange == null ? null : exchange.openRequests());
  }

  @Override
  public SplitEnumerator<NoSplits.Split, Void> createEnumerator(
      SplitEnumeratorContext<NoSplits.Split> context) {
    return new NoSplits();
  }

  @Override
  public SplitEnumerator<NoSplits.Split, Void> restoreEnumerator(
      SplitEnumeratorContext<NoSplits.Split> context, Void checkpoint) {
    return new NoSplits();
  }

  @Override
  public SimpleVersionedSerializer<NoSplits.Split> getSplitSerializer() {
    return new NoSplits.EmptySerializer<>();
  }

  @Override
  public SimpleVersionedSerializer<Void> getEnumeratorCheckpointSerializer() {
    return new NoSplits.EmptySerializer<>();
  }
}
