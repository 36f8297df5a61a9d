/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.inference.model.OnnxModel;
import io.github.flinkrecsys.inference.model.SharedModels;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The versions in use in one subtask and what each is used for. One serves; splits take their
 * shares from the users' hashes in the order of their versions; the rest is the serving one's.
 */
final class ActiveModels implements AutoCloseable {
  /** So that the users of a split are not those of other samples by hash. */
  private static final long SALT = 0x5DEECE66DL;

  private record Active(ModelChange change, SharedModels.Lease lease) {}

  private final int maxModels;
  private final TreeMap<Long, Active> byVersion = new TreeMap<>();
  private Active serving;

  ActiveModels(int maxModels) {
    this.maxModels = maxModels;
  }

  /** Tells why a change does not fit what is in use, or null if it does. */
  String violation(ModelChange change) {
    String inItself = ModelChange.violation(change);
    if (inItself != null) {
      return inItself;
    }
    Active same = byVersion.get(change.version());
    boolean isServing = serving != null && serving.change.version() == change.version();
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
    for (Active other : byVersion.values()) {
      if (other != same && other.change.role() == ModelRole.SPLIT) {
        shares += other.change.share();
      }
    }
    return shares <= 1 ? null : "shares must be at most 1 together, got " + shares;
  }

  /** Puts a change without a violation into effect; the lease is none if a version is retired. */
  void apply(ModelChange change, SharedModels.Lease lease) {
    Active before = byVersion.remove(change.version());
    if (change.role() != ModelRole.RETIRE) {
      Active now = new Active(change, lease);
      byVersion.put(change.version(), now);
      if (change.role() == ModelRole.SERVE) {
        if (serving != null && serving != before) {
          byVersion.remove(serving.change.version());
          serving.lease.close();
        }
        serving = now;
      }
    }
    if (before != null) {
      before.lease.close();
    }
  }

  /** Gives the model that serves a user. */
  OnnxModel serving(String key) {
    double place = Hashes.unit(Hashes.mix(Hashes.hash(key) ^ SALT));
    double end = 0;
    for (Active active : byVersion.values()) {
      if (active.change.role() == ModelRole.SPLIT) {
        end += active.change.share();
        if (place < end) {
          return active.lease.model();
        }
      }
    }
    return serving.lease.model();
  }

  /** Gives the models that score without serving. */
  List<OnnxModel> shadows() {
    List<OnnxModel> shadows = new ArrayList<>();
    for (Active active : byVersion.values()) {
      if (active.change.role() == ModelRole.SHADOW) {
        shadows.add(active.lease.model());
      }
    }
    return shadows;
  }

  /** Gives the changes that lead here again, the serving version's first. */
  List<ModelChange> changes() {
    List<ModelChange> changes = new ArrayList<>();
    changes.add(serving.change);
    for (Active active : byVersion.values()) {
      if (active != serving) {
        changes.add(active.change);
      }
    }
    return changes;
  }

  int count() {
    return byVersion.size();
  }

  long bytes() {
    return byVersion.values().stream().mapToLong(a -> a.lease.model().fileBytes()).sum();
  }

  @Override
  public void close() {
    byVersion.values().forEach(active -> active.lease.close());
    byVersion.clear();
    serving = null;
  }
}
