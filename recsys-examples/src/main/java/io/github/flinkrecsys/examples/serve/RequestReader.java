/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.core.event.RecommendationRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Reads the requests of an exchange as they come. */
final class RequestReader implements SourceReader<RecommendationRequest, NoSplits.Split> {
  private final OpenRequests requests;
  private boolean isIdle;

  /** Reads these requests, or none if there is no exchange in this JVM. */
  RequestReader(OpenRequests requests) {
    this.requests = requests;
  }

  @Override
  public void start() {
    if (requests != null) {
      requests.start();
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RecommendationRequest> output) {
    if (!isIdle) {
      // Event time is that of the interactions: requests must never hold it back.
      output.markIdle();
      isIdle = true;
    }
    if (requests == null || requests.isOver()) {
      return InputStatus.END_OF_INPUT;
    }
    RecommendationRequest request = requests.poll();
    if (request == null) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    output.collect(request, request.timestampMillis());
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return requests == null ? CompletableFuture.completedFuture(null) : requests.available();
  }

  @Override
  public List<NoSplits.Split> snapshotState(long checkpointId) {
    return List.of();
  }

  @Override
  public void addSplits(List<NoSplits.Split> splits) {}

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public void close() {}
}
