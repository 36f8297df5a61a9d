/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.ranking;

import io.github.flinkrecsys.core.ranking.Ranker;
import io.github.flinkrecsys.core.ranking.SourceFaults;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Reports what goes wrong with the sources of a ranker: in all, and by source. */
final class SourceCounters {
  private final Ranker ranker;
  private final Counter failures;
  private final List<OfSource> bySource;

  private record OfSource(SourceFaults faults, Counter failures, Counter refused) {}

  SourceCounters(Ranker ranker, MetricGroup metrics) {
    this.ranker = ranker;
    this.failures = metrics.counter(MetricNames.SOURCE_FAILURES);
    this.bySource = ranker.sourceFaults().stream().map(of -> countersOf(of, metrics)).toList();
  }

  private static OfSource countersOf(SourceFaults faults, MetricGroup metrics) {
    // Some reporters give other characters a meaning.
    String label = faults.source().replaceAll("[^A-Za-z0-9_]+", "-");
    MetricGroup group = metrics.addGroup(MetricNames.SOURCE, label);
    return new OfSource(
        faults,
        group.counter(MetricNames.SOURCE_FAILURES_BY_SOURCE),
        group.counter(MetricNames.REFUSED_CANDIDATES));
  }

  /** Takes over what the ranker has counted. */
  void update() {
    failures.inc(ranker.takeSourceFailures());
    for (int n = 0; n < bySource.size(); n++) {
      OfSource source = bySource.get(n);
      source.failures.inc(source.faults.failures() - source.failures.getCount());
      source.refused.inc(source.faults.refused() - source.refused.getCount());
    }
  }
}
