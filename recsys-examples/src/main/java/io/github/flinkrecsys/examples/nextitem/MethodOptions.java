/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.nextitem;

import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig.PositionDecay;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig.Repeats;
import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The method's parameters; one that is not given keeps the library's default. */
final class MethodOptions {
  @Option(
      names = "--plain",
      description = "start from plain VMIS-kNN instead of the library's defaults")
  private boolean plain;

  @Option(names = "--max-sessions", paramLabel = "N", description = "sessions remembered")
  private Integer maxSessions;

  @Option(names = "--max-bytes", paramLabel = "N", description = "bytes of heap that they may take")
  private Long maxBytes;

  @Option(
      names = "--max-session-length",
      paramLabel = "N",
      description = "items kept of a session, its last")
  private Integer maxSessionLength;

  @Option(
      names = "--sessions-per-item",
      paramLabel = "N",
      description = "most recent sessions in which an item can be found")
  private Integer sessionsPerItem;

  @Option(names = "--neighbors", paramLabel = "N", description = "similar sessions that are heard")
  private Integer neighbors;

  @Option(
      names = "--max-live-items",
      paramLabel = "N",
      description = "last places of the live session that are looked at")
  private Integer maxLiveItems;

  @Option(
      names = "--position-decay",
      description =
          "how live items lose weight with the places that they lie back: ${COMPLETION-CANDIDATES}")
  private PositionDecay positionDecay;

  @Option(
      names = "--position-rate",
      paramLabel = "X",
      description = "how fast live items lose weight")
  private Double positionRate;

  @Option(
      names = "--match-idf",
      paramLabel = "X",
      description = "exponent of idf where sessions are compared")
  private Double matchIdf;

  @Option(
      names = "--length-exponent",
      paramLabel = "X",
      description = "exponent of the length that divides a similarity; 0.5 is STAN's cosine")
  private Double lengthExponent;

  @Option(
      names = "--time-scale",
      paramLabel = "DURATION",
      description = "age at which a session has fallen to 1/e, as P5D; PT0S for off")
  private Duration timeScale;

  @Option(
      names = "--similarity-exponent",
      paramLabel = "X",
      description = "how much the most similar sessions stand out")
  private Double similarityExponent;

  @Option(
      names = "--proximity-scale",
      paramLabel = "X",
      description =
          "places from the match after which a neighbour's items have fallen to 1/e; 0 for off")
  private Double proximityScale;

  @Option(
      names = "--preceding-weight",
      paramLabel = "X",
      description = "what items before the match count, compared with those after it")
  private Double precedingWeight;

  @Option(
      names = "--repeat-weight",
      paramLabel = "X",
      description = "what live items themselves count")
  private Double repeatWeight;

  @Option(
      names = "--item-idf",
      paramLabel = "X",
      description = "exponent of idf of what is proposed")
  private Double itemIdf;

  @Option(
      names = "--repeats",
      paramLabel = "NAME",
      description = "live items that may be predicted: ${COMPLETION-CANDIDATES}")
  private Repeats repeats;

  @Option(
      names = "--second-hop",
      paramLabel = "N",
      description = "sessions of each predicted item that fill up short lists; 0 for off")
  private Integer secondHop;

  @Option(
      names = "--age-rate",
      paramLabel = "X",
      description = "the oldest session counts exp(-X); 0 for off")
  private Double ageRate;

  SessionIndexConfig index() {
    SessionIndexConfig.Builder builder = SessionIndexConfig.builder();
    ifGiven(maxSessions, builder::maxSessions);
    ifGiven(maxBytes, builder::maxBytes);
    ifGiven(maxSessionLength, builder::maxSessionLength);
    ifGiven(sessionsPerItem, builder::sessionsPerItem);
    return builder.build();
  }

  SessionNeighborConfig query() {
    SessionNeighborConfig.Builder builder =
        plain ? SessionNeighborConfig.vmisKnn() : SessionNeighborConfig.builder();
    ifGiven(neighbors, builder::neighbors);
    ifGiven(maxLiveItems, builder::maxLiveItems);
    ifGiven(positionDecay, builder::positionDecay);
    ifGiven(positionRate, builder::positionRate);
    ifGiven(secondHop, builder::secondHop);
    ifGiven(matchIdf, builder::matchIdf);
    ifGiven(lengthExponent, builder::lengthExponent);
    ifGiven(timeScale, builder::timeScale);
    ifGiven(ageRate, builder::ageRate);
    ifGiven(similarityExponent, builder::similarityExponent);
    ifGiven(proximityScale, builder::proximityScale);
    ifGiven(precedingWeight, builder::precedingWeight);
    ifGiven(repeatWeight, builder::repeatWeight);
    ifGiven(itemIdf, builder::itemIdf);
    ifGiven(repeats, builder::repeats);
    return builder.build();
  }

  private static <T> void ifGiven(T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }
}
