/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The versions in use in one place and what each is used for. One serves; splits take their shares
 * from the users' hashes in the order of their versions; the rest is the serving one's. Belongs to
 * one thread.
 *
 * @param <C> what gives versions their roles
 * @param <H> what keeps a version's model; closed when the version is no longer in use
 */
public final class ActiveVersions<C extends VersionChange, H extends ModelHold>
    implements AutoCloseable {
  private record Active<C, H>(C change, H hold) {}

  private final int maxModels;
  private final TreeMap<Long, Active<C, H>> byVersion = new TreeMap<>();
  private Active<C, H> serving;

  /**
   * Makes one without versions; the first change must be of {@link ModelRole#SERVE}.
   *
   * @param maxModels versions at a time
   */
  public ActiveVersions(int maxModels) {
    this.maxModels = maxModels;
  }

  /**
   * Tells why a change does not fit what is in use.
   *
   * @param change may be null
   * @return the reason for refusing it, or null if there is none
   */
  public String violation(C change) {
    String inItself = VersionChange.violation(change);
    if (inItself != null) {
      return inItself;
    }
    Active<C, H> same = byVersion.get(change.version());
    boolean isServing = serving != null && serving == same;
    if (change.role() == ModelRole.RETIRE) {
      return same == null || isServing ? "version must be in use beside the one that serves" : null;
    }
    if (same != null && !same.change.path().equals(change.path())) {
      return "path of version " + change.version() + " must be " + same.change.path();
    }
    if (isServing && change.role() != ModelRole.SERVE) {
      return "version must be another than the one that serves";
    }
    boolean replacesServing = serving != null && change.role() == ModelRole.SERVE;
    if (same == null && !replacesServing && byVersion.size() >= maxModels) {
      return "versions must be at most " + maxModels + " at a time: retire one first";
    }
    double shares = change.role() == ModelRole.SPLIT ? change.share() : 0;
    for (Active<C, H> other : byVersion.values()) {
      if (other != same && other.change.role() == ModelRole.SPLIT) {
        shares += other.change.share();
      }
    }
    return shares <= 1 ? null : "shares must be at most 1 together, got " + shares;
  }

  /**
   * Puts a change into effect.
   *
   * @param change without a violation
   * @param hold of the version's model, may be the one that is in use already; null if the version
   *     is retired
   */
  public void apply(C change, H hold) {
    Active<C, H> before = byVersion.remove(change.version());
    if (change.role() != ModelRole.RETIRE) {
      Active<C, H> now = new Active<>(change, hold);
      byVersion.put(change.version(), now);
      if (change.role() == ModelRole.SERVE) {
        if (serving != null && serving != before) {
          byVersion.remove(serving.change.version());
          serving.hold.close();
        }
        serving = now;
      }
    }
    if (before != null && before.hold != hold) {
      before.hold.close();
    }
  }

  /**
   * Finds the version that serves a user.
   *
   * @param userHash hash of the user's id, or 0 for a user who is in no split
   * @return what keeps its model
   */
  public H serving(long userHash) {
    if (userHash == 0) {
      return serving.hold;
    }
    double place = SplitPlace.of(userHash);
    double end = 0;
    for (Active<C, H> active : byVersion.values()) {
      if (active.change.role() == ModelRole.SPLIT) {
        end += active.change.share();
        if (place < end) {
          return active.hold;
        }
      }
    }
    return serving.hold;
  }

  /**
   * Finds the versions that score without serving.
   *
   * @return what keeps their models, in the order of the versions
   */
  public List<H> shadows() {
    List<H> shadows = new ArrayList<>();
    for (Active<C, H> active : byVersion.values()) {
      if (active.change.role() == ModelRole.SHADOW) {
        shadows.add(active.hold);
      }
    }
    return shadows;
  }

  /**
   * Gives the change that a version follows.
   *
   * @param version any
   * @return its change, null if it is not in use
   */
  public C change(long version) {
    Active<C, H> active = byVersion.get(version);
    return active == null ? null : active.change;
  }

  /**
   * Gives what keeps a version's model.
   *
   * @param version any
   * @return its hold, null if it is not in use
   */
  public H hold(long version) {
    Active<C, H> active = byVersion.get(version);
    return active == null ? null : active.hold;
  }

  /**
   * Gives the changes that lead here again.
   *
   * @return the serving version's first, then in the order of the versions
   */
  public List<C> changes() {
    List<C> changes = new ArrayList<>();
    changes.add(serving.change);
    for (Active<C, H> active : byVersion.values()) {
      if (active != serving) {
        changes.add(active.change);
      }
    }
    return changes;
  }

  /**
   * Gives what keeps the models.
   *
   * @return one hold per version, in the order of the versions
   */
  public Collection<H> holds() {
    return byVersion.values().stream().map(Active::hold).toList();
  }

  /** Lets go of all models. */
  @Override
  public void close() {
    byVersion.values().forEach(active -> active.hold.close());
    byVersion.clear();
    serving = null;
  }
}
