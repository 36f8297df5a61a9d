/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.inference.model.ActiveVersions;
import io.github.flinkrecsys.inference.model.ModelException;
import java.util.List;

/**
 * The versions that one source runs: that of its config at first, then those of the control stream.
 * Belongs to one thread.
 */
final class FollowedVersions implements AutoCloseable {
  private final SequenceModelConfig config;
  private final ItemReplica items;
  private ActiveVersions<SequenceModelChange, SequenceRun> active;
  private List<SequenceRun> shadows = List.of();
  private List<SequenceVersions.InUse> followed;

  FollowedVersions(SequenceModelConfig config, ItemReplica items) throws ModelException {
    this.config = config;
    this.items = items;
    active = new ActiveVersions<>(config.maxModels());
    active.apply(config.serving(), new SequenceRun(LoadedSequenceModel.load(config), items));
  }

  /** Takes over what the control stream has changed since, if it has; reads no file. */
  void follow() {
    List<SequenceVersions.InUse> now = SequenceVersions.of(config);
    if (now == null || now == followed) {
      return;
    }
    ActiveVersions<SequenceModelChange, SequenceRun> next =
        new ActiveVersions<>(config.maxModels());
    for (SequenceVersions.InUse version : now) {
      SequenceRun run = runOf(version.model());
      if (run == null) {
        // It has been let go of meanwhile, so what is in use is about to change again.
        closeWhatOnly(next, active);
        return;
      }
      next.apply(version.change(), run);
    }
    now.forEach(version -> next.hold(version.change().version()).countInto(version.meter()));
    closeWhatOnly(active, next);
    active = next;
    shadows = next.shadows();
    followed = now;
  }

  private SequenceRun runOf(LoadedSequenceModel model) {
    SequenceRun known = active.hold(model.version());
    if (known != null && known.runs(model)) {
      return known;
    }
    LoadedSequenceModel own = model.again();
    return own == null ? null : new SequenceRun(own, items);
  }

  private static void closeWhatOnly(
      ActiveVersions<SequenceModelChange, SequenceRun> has,
      ActiveVersions<SequenceModelChange, SequenceRun> other) {
    for (SequenceRun run : has.holds()) {
      if (other.hold(run.version()) != run) {
        run.close();
      }
    }
  }

  /** Finds the version that serves a user, see {@link ActiveVersions#serving}. */
  SequenceRun serving(long userHash) {
    return active.serving(userHash);
  }

  List<SequenceRun> shadows() {
    return shadows;
  }

  @Override
  public void close() {
    active.close();
  }
}
