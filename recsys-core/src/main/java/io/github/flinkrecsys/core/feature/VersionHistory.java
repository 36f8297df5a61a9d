/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.util.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The newest versions of one thing, each valid from its own time until the next one's.
 *
 * <p>Whatever order versions arrive in, the same ones are kept. Of two versions of one time the one
 * whose text is greater is kept, as in {@link
 * io.github.flinkrecsys.core.event.ItemMetadata#replaces}.
 *
 * @param <V> type of a version; immutable
 */
public final class VersionHistory<V> {
  private final ToLongFunction<V> time;
  private final int maxVersions;
  private final List<V> versions = new ArrayList<>();

  /**
   * Makes an empty history.
   *
   * @param time reads from when a version is valid
   * @param maxVersions versions kept, at least 1
   * @throws IllegalArgumentException if {@code maxVersions} is not positive
   */
  public VersionHistory(ToLongFunction<V> time, int maxVersions) {
    this.time = Checks.notNull("time", time);
    this.maxVersions = Checks.positive("maxVersions", maxVersions);
  }

  /**
   * Adds a version, and forgets those that nobody will ask for.
   *
   * @param version to add
   * @param earliestMillis earliest time that will still be asked for; of the versions up to then
   *     only the newest is kept
   * @return false if a version that may be asked for was dropped because there are too many
   * @implNote O(versions).
   */
  public boolean add(V version, long earliestMillis) {
    insert(version);
    int obsolete = after(earliestMillis) - 1;
    if (obsolete > 0) {
      versions.subList(0, obsolete).clear();
    }
    if (versions.size() <= maxVersions) {
      return true;
    }
    versions.subList(0, versions.size() - maxVersions).clear();
    return false;
  }

  /**
   * Fills an empty history with versions that {@link #versions} gave.
   *
   * @param stored oldest first
   */
  public void restore(Iterable<V> stored) {
    stored.forEach(versions::add);
  }

  private void insert(V version) {
    int at = after(time.applyAsLong(version));
    V before = at == 0 ? null : versions.get(at - 1);
    if (before == null || time.applyAsLong(before) != time.applyAsLong(version)) {
      versions.add(at, version);
    } else if (version.toString().compareTo(before.toString()) > 0) {
      versions.set(at - 1, version);
    }
  }

  /**
   * Looks up what was valid at a time.
   *
   * @param millis the time
   * @return the newest version from then or earlier, or null if there is none
   */
  public V asOf(long millis) {
    int after = after(millis);
    return after == 0 ? null : versions.get(after - 1);
  }

  /**
   * Gives the versions.
   *
   * @return them, oldest first; a view
   */
  public List<V> versions() {
    return versions;
  }

  private int after(long millis) {
    int at = versions.size();
    while (at > 0 && time.applyAsLong(versions.get(at - 1)) > millis) {
      at--;
    }
    return at;
  }
}
