/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.inference.model.ActiveVersions;
import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.ModelRole;
import io.github.flinkrecsys.inference.model.OnnxModel;
import io.github.flinkrecsys.inference.model.SharedModels;
import io.github.flinkrecsys.inference.model.VersionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of a stage's model in one subtask: which are in use, which are being loaded, and
 * what becomes of changes. A change that is refused leaves everything as it was.
 */
final class ModelStage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelStage.class);

  private final InferenceConfig config;
  private final InferenceMetrics metrics;
  private final int subtask;
  private final ActiveVersions<ModelChange, SharedModels.Lease> active;
  private final ModelLoader loader;

  ModelStage(InferenceConfig config, InferenceMetrics metrics, String name, int subtask) {
    this.config = config;
    this.metrics = metrics;
    this.subtask = subtask;
    this.active = new ActiveVersions<>(config.maxModels());
    this.loader = new ModelLoader(name);
  }

  /**
   * Loads what was in use, or the initial model where nothing was or the initial one is newer. A
   * version that was in use and cannot be loaded any more is refused and counted; if it served, the
   * initial model does in its stead.
   */
  void open(List<ModelChange> changes, Consumer<ModelStatus> statuses) throws ModelException {
    ModelChange initial = ModelChange.serve(config.initial().version(), config.initial().path());
    List<ModelChange> others = new ArrayList<>(changes);
    ModelChange served = others.isEmpty() ? initial : others.remove(0);
    boolean isNewest = served.version() > initial.version();
    if (!isNewest || !restore(served, statuses)) {
      active.apply(initial, open(initial));
    }
    for (ModelChange change : others) {
      // What was still being loaded, to serve, is overtaken by a newer model of the job as well.
      if (change.role() != ModelRole.SERVE || change.version() > initial.version()) {
        restore(change, statuses);
      }
    }
  }

  private boolean restore(ModelChange change, Consumer<ModelStatus> statuses) {
    String violation = active.violation(change);
    if (violation != null) {
      refuse(change, violation, statuses);
      return false;
    }
    try {
      active.apply(change, change.role() == ModelRole.RETIRE ? null : open(change));
      return true;
    } catch (ModelException e) {
      refuse(change, e.getMessage(), statuses);
      return false;
    }
  }

  private SharedModels.Lease open(ModelChange change) throws ModelException {
    return SharedModels.open(change.model(), config.contract(), config.limits());
  }

  /** Takes a change; the outcome follows from {@link #install}. */
  void take(ModelChange change, Consumer<ModelStatus> statuses) {
    String violation = VersionChange.violation(change);
    if (violation != null) {
      refuse(change, violation, statuses);
      return;
    }
    loader.load(change, () -> change.role() == ModelRole.RETIRE ? null : open(change));
  }

  /** Puts into effect what has been loaded since. */
  void install(Consumer<ModelStatus> statuses) {
    for (ModelLoader.Pending done = loader.pollDone(); done != null; done = loader.pollDone()) {
      install(done, statuses);
    }
  }

  private void install(ModelLoader.Pending done, Consumer<ModelStatus> statuses) {
    ModelChange change = done.change();
    SharedModels.Lease lease;
    try {
      lease = done.lease().join();
    } catch (CompletionException e) {
      refuse(change, e.getCause().getMessage(), statuses);
      return;
    }
    String violation = active.violation(change);
    if (violation != null) {
      if (lease != null) {
        lease.close();
      }
      refuse(change, violation, statuses);
      return;
    }
    active.apply(change, lease);
    metrics.changes.inc();
    LOG.info("{}: version {} of {}", change.role(), change.version(), change.path());
    statuses.accept(ModelStatus.of(change, "", subtask));
  }

  private void refuse(ModelChange change, String problem, Consumer<ModelStatus> statuses) {
    metrics.refused.inc();
    ModelStatus status = ModelStatus.of(change, problem, subtask);
    LOG.error("Refused {}", status);
    statuses.accept(status);
  }

  boolean isLoading() {
    return !loader.isIdle();
  }

  OnnxModel serving(String key) {
    return active.serving(Hashes.hash(key)).model();
  }

  List<OnnxModel> shadows() {
    return active.shadows().stream().map(SharedModels.Lease::model).toList();
  }

  /** Gives the changes that lead here again, also those that wait for their models. */
  List<ModelChange> changes() {
    List<ModelChange> changes = active.changes();
    changes.addAll(loader.changes());
    return changes;
  }

  long count() {
    return active.holds().size();
  }

  long bytes() {
    return active.holds().stream().mapToLong(lease -> lease.model().fileBytes()).sum();
  }

  @Override
  public void close() {
    loader.close();
    active.close();
  }
}
