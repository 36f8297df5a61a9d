/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.util;

/**
 * Names of all metrics of the operators. What each one means where is in docs/metrics.md;
 * dashboards and alerts hold these names, so they are not changed between releases.
 */
public final class MetricNames {
  /** Counter of records refused. */
  public static final String DEAD_LETTERS = "deadLetters";

  /** Counters of records refused, by what was wrong: see {@link ReasonCounters}. */
  public static final String DEAD_LETTERS_BY_REASON = "deadLettersByReason";

  /** Counter of keys that got state. */
  public static final String KEYS_ADDED = "keysAdded";

  /** Counter of keys whose state was freed. */
  public static final String KEYS_FREED = "keysFreed";

  /** Counter of interactions at or behind the watermark. */
  public static final String LATE_INTERACTIONS = "lateInteractions";

  /** Counter of lines or messages that could not be read. */
  public static final String MALFORMED_RECORDS = "malformedRecords";

  /** Counter of records that break a rule. */
  public static final String INVALID_RECORDS = "invalidRecords";

  /** Counter of events that no session can take any more. */
  public static final String LATE_EVENTS = "lateEvents";

  /** Counter of events refused because their user has too many. */
  public static final String OVERFLOWED_EVENTS = "overflowedEvents";

  /** Counter of events without a usable time. */
  public static final String BAD_EVENTS = "badEvents";

  /** Counter of events that began a session. */
  public static final String SESSIONS_OPENED = "sessionsOpened";

  /** Counter of sessions emitted. */
  public static final String SESSIONS_CLOSED = "sessionsClosed";

  /** Counter of steps that would have made a value that is not finite. */
  public static final String SKIPPED_STEPS = "skippedSteps";

  /** Counter of ratings that could not be predicted. */
  public static final String SKIPPED_PREDICTIONS = "skippedPredictions";

  /** Counter of records with new items beyond the bound. */
  public static final String ITEMS_NOT_ADMITTED = "itemsNotAdmitted";

  /** Counter of flushes of item deltas. */
  public static final String FLUSHES = "flushes";

  /** Counter of items in flushes. */
  public static final String FLUSHED_ITEMS = "flushedItems";

  /** Gauge: items with deltas that are not sent. */
  public static final String PENDING_ITEMS = "pendingItems";

  /** Histogram: microseconds of ranking all items by every source. */
  public static final String RANKING_MICROS = "rankingMicros";

  /** Counter of lists emitted. */
  public static final String LISTS_SERVED = "listsServed";

  /** Counter of lists emitted without an item. */
  public static final String EMPTY_LISTS = "emptyLists";

  /** Counter of interactions whose list the throttle held back or merged. */
  public static final String LISTS_HELD_BACK = "listsHeldBack";

  /** Counter of lists for which a source threw. */
  public static final String SOURCE_FAILURES = "sourceFailures";

  /** Counter of lists for which a source threw, by {@link #SOURCE}. */
  public static final String SOURCE_FAILURES_BY_SOURCE = "sourceFailuresBySource";

  /** Counter of candidates that no item has or whose score is not finite, by {@link #SOURCE}. */
  public static final String REFUSED_CANDIDATES = "refusedCandidates";

  /** Counter of times that a rule threw. */
  public static final String RULE_FAILURES = "ruleFailures";

  /** Gauge: how old the oldest step of the last foreign batch was. */
  public static final String REPLICA_LAG_MILLIS = "replicaLagMillis";

  /** Gauge: version of the offline model that was loaded last. */
  public static final String MODEL_VERSION = "modelVersion";

  /** Counter of vectors taken over from offline models. */
  public static final String MODEL_ROWS = "modelRows";

  /** Counter of interactions that waited for the initial model. */
  public static final String HELD_INTERACTIONS = "heldInteractions";

  /** Gauge: interactions that count in no category's trend, since there are too many categories. */
  public static final String TRENDS_WITHOUT_CATEGORY = "trendsWithoutCategory";

  /** Gauge: items in the replica. */
  public static final String REPLICA_ITEMS = "replicaItems";

  /** Gauge: bytes of the replica's factors, counts and index. */
  public static final String REPLICA_BYTES = "replicaBytes";

  /** Gauge: bytes of the replica's neighbour lists. */
  public static final String NEIGHBOR_BYTES = "neighborBytes";

  /** Gauge: bytes of the replica's closed sessions. */
  public static final String SESSION_BYTES = "sessionBytes";

  /** Gauge: bytes of the replica's graph of users and items. */
  public static final String GRAPH_BYTES = "graphBytes";

  /** Gauge: edges of the replica's graph of users and items. */
  public static final String GRAPH_EDGES = "graphEdges";

  /** Counter of edges that had left the window before they came. */
  public static final String EXPIRED_EDGES = "expiredEdges";

  /** Counter of lists that were made before all walks had ended. */
  public static final String INCOMPLETE_WALKS = "incompleteWalks";

  /** Counter of items added from batches of other task managers. */
  public static final String FOREIGN_ITEMS = "foreignItems";

  /** Counter of sums that came after their window had closed. */
  public static final String LATE_PARTS = "lateParts";

  /** Gauge by source: events scored in the last window. */
  public static final String WINDOW_SCORED = "windowScored";

  /** Gauge by source: recall of the last window. */
  public static final String WINDOW_RECALL = "windowRecall";

  /** Gauge by source: mean reciprocal rank of the last window. */
  public static final String WINDOW_MRR = "windowMrr";

  /** Gauge by source: NDCG of the last window. */
  public static final String WINDOW_NDCG = "windowNdcg";

  /** Gauge by source: coverage of the last window. */
  public static final String WINDOW_COVERAGE = "windowCoverage";

  /** Counter of keys that started anew because the features have changed. */
  public static final String REPLACED_STATES = "replacedStates";

  /** Counter of interactions emitted with a profile. */
  public static final String JOINED = "joined";

  /** Counter of interactions emitted without one. */
  public static final String WITHOUT_PROFILE = "withoutProfile";

  /** Counter of interactions emitted without a profile because too many wait. */
  public static final String OVERFLOWED_INTERACTIONS = "overflowedInteractions";

  /** Counter of profiles valid from a time that the watermark had passed. */
  public static final String LATE_PROFILES = "lateProfiles";

  /** Counter of versions dropped that might still be asked for. */
  public static final String DROPPED_VERSIONS = "droppedVersions";

  /** Counter of examples with a label. */
  public static final String POSITIVES = "positives";

  /** Counter of examples without. */
  public static final String NEGATIVES = "negatives";

  /** Counter of labels that belong to no impression. */
  public static final String UNMATCHED_INTERACTIONS = "unmatchedInteractions";

  /** Counter of impressions that came too late. */
  public static final String LATE_IMPRESSIONS = "lateImpressions";

  /** Counter of records refused because their key has too many. */
  public static final String OVERFLOWED_RECORDS = "overflowedRecords";

  /** Label of {@link #DEAD_LETTERS_BY_REASON}. */
  public static final String REASON = "reason";

  /** Label: which source of candidates. */
  public static final String SOURCE = "source";

  private MetricNames() {}
}
