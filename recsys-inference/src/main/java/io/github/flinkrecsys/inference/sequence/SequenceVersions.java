/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

import io.github.flinkrecsys.inference.model.ActiveVersions;
import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.ModelRole;
import io.github.flinkrecsys.inference.model.VersionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * The versions of a sequence model that a subtask of a control stream has loaded, and their roles.
 * Belongs to one thread.
 *
 * <p>Several subtasks of a process hold the same versions. The sources of the process follow, and
 * count into the meters of, the one that was published first and is not closed: the leading one. So
 * each list is counted once. Sources follow what has their own config, as two jobs of one process
 * may have sources of one name.
 */
public final class SequenceVersions implements AutoCloseable {
  /** The published ones of the process by config of the source, the leading one first. */
  private static final Map<SequenceModelConfig, List<SequenceVersions>> PUBLISHED =
      new ConcurrentHashMap<>();

  /** A version, as sources see it. */
  record InUse(SequenceModelChange change, LoadedSequenceModel model, SequenceMeter meter) {}

  private final SequenceModelConfig initial;
  private final LongFunction<SequenceMeter> meters;
  private final ActiveVersions<SequenceModelChange, LoadedSequenceModel> active;
  private volatile List<InUse> seen = List.of();

  /**
   * Makes one without versions; the first change must be of {@link ModelRole#SERVE}.
   *
   * @param initial config of the source
   * @param meters gives that of a version
   */
  public SequenceVersions(SequenceModelConfig initial, LongFunction<SequenceMeter> meters) {
    this.initial = initial;
    this.meters = meters;
    this.active = new ActiveVersions<>(initial.maxModels());
  }

  /** Gives what the sources of a config follow, the serving version first; null if nothing is. */
  static List<InUse> of(SequenceModelConfig config) {
    List<SequenceVersions> published = PUBLISHED.get(config);
    return published == null ? null : published.get(0).seen;
  }

  /**
   * Tells why a change does not fit what is in use.
   *
   * @param change may be null
   * @return the reason for refusing it, or null if there is none
   */
  public String violation(SequenceModelChange change) {
    boolean serves = change != null && change.role() == ModelRole.SERVE;
    if (serves && change.version() <= served()) {
      return "version must be higher than " + served() + ", got " + change.version();
    }
    String violation = active.violation(change);
    if (violation != null || change.role() == ModelRole.RETIRE) {
      return violation;
    }
    violation = VersionChange.pathViolation("vocabularyPath", change.vocabularyPath());
    if (violation != null) {
      return violation;
    }
    SequenceModelChange same = active.change(change.version());
    return same == null || same.vocabularyPath().equals(change.vocabularyPath())
        ? null
        : "vocabularyPath of version " + change.version() + " must be " + same.vocabularyPath();
  }

  private long served() {
    return seen.isEmpty() ? 0 : seen.get(0).change.version();
  }

  /**
   * Puts a change into effect, and loads its model if that is not in use already. If it fails, all
   * is as before.
   *
   * @param change without a violation
   * @throws ModelException if the model or its items cannot be loaded, or do not fit each other
   */
  public void apply(SequenceModelChange change) throws ModelException {
    LoadedSequenceModel model = null;
    if (change.role() != ModelRole.RETIRE) {
      LoadedSequenceModel known = active.hold(change.version());
      model = known == null ? LoadedSequenceModel.load(initial.with(change)) : known;
    }
    active.apply(change, model);
    List<InUse> now = new ArrayList<>();
    for (SequenceModelChange each : active.changes()) {
      SequenceMeter meter = meters.apply(each.version());
      now.add(new InUse(each, active.hold(each.version()), meter));
    }
    seen = now;
  }

  /** Lets sources follow, if there is no other that they follow; called once. */
  public void publish() {
    PUBLISHED.merge(
        initial,
        List.of(this),
        (before, own) -> {
          List<SequenceVersions> all = new ArrayList<>(before);
          all.addAll(own);
          return all;
        });
  }

  /**
   * Gives the changes that lead here again.
   *
   * @return the serving version's first
   */
  public List<SequenceModelChange> changes() {
    return active.changes();
  }

  /** Lets go of the models; sources keep what they have taken. */
  @Override
  public void close() {
    PUBLISHED.computeIfPresent(
        initial,
        (config, before) -> {
          List<SequenceVersions> others = new ArrayList<>(before);
          others.remove(this);
          return others.isEmpty() ? null : others;
        });
    active.close();
  }
}
