/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

import io.github.flinkrecsys.core.ranking.CandidateSource;
import io.github.flinkrecsys.core.ranking.Candidates;
import io.github.flinkrecsys.core.ranking.RankingContext;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.session.OpenSession;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.inference.model.ModelException;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.io.UncheckedIOException;

/**
 * What a sequence model, for example a GRU (Hidasi et al., Session-based Recommendations with
 * Recurrent Neural Networks, 2016), expects after the items of the session that goes on.
 *
 * <p>Scores are probabilities over all items that the model knows; those that the replica has not
 * admitted are passed over. Items that the model does not know are left out of the session. The
 * reason is the newest item that it knows. A run that fails, or gives what is not a number, throws:
 * the ranker counts it and passes the source over. Belongs to one thread, and shares the models
 * with all subtasks of the process.
 *
 * <p>Versions and roles that a control stream has brought into the process are followed from the
 * next list on. A user is served by one version, by the hash of the id; a context without a user
 * gets that which serves the rest. One run of one row per list, and one more per shadow: shadows
 * are compared with what was proposed, and cost the list nothing but their time.
 */
public final class OnnxSequenceSource implements CandidateSource {
  private final String name;
  private final FollowedVersions versions;

  /** Slots of what was proposed to the list, for shadows to be compared with. */
  private final IntOpenHashSet proposed = new IntOpenHashSet();

  private OnnxSequenceSource(SequenceModelConfig config, ItemReplica items) throws ModelException {
    this.name = config.name();
    this.versions = new FollowedVersions(config, items);
  }

  /**
   * Makes a source in each subtask; a model or vocabulary that cannot be loaded, or that do not fit
   * each other, fail the job at its start with the name of the file.
   *
   * @param config which model
   * @return for {@code RankingConfig.Builder.source}
   * @throws IllegalArgumentException if there is no config
   */
  public static CandidateSource.Factory factory(SequenceModelConfig config) {
    Checks.notNull("config", config);
    return items -> {
      try {
        return new OnnxSequenceSource(config, items);
      } catch (ModelException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void retrieve(RankingContext context, Candidates into) {
    versions.follow();
    SequenceRun serving = versions.serving(context.userHash());
    try {
      serving.run(context.session());
    } catch (ModelException e) {
      throw new UncheckedIOException(e);
    }
    if (serving.count() == 0) {
      return;
    }
    for (int n = 0; n < serving.count(); n++) {
      into.add(serving.found(n), serving.score(n), serving.reason());
    }
    serving.meter().served();
    if (!versions.shadows().isEmpty()) {
      compareShadows(context.session(), serving);
    }
  }

  private void compareShadows(OpenSession session, SequenceRun serving) {
    proposed.clear();
    for (int n = 0; n < serving.count(); n++) {
      proposed.add(serving.found(n));
    }
    for (SequenceRun shadow : versions.shadows()) {
      try {
        shadow.run(session);
      } catch (ModelException | RuntimeException e) {
        // Counted by the run; a version on trial must not cost the list.
        continue;
      }
      int shared = 0;
      for (int n = 0; n < shadow.count(); n++) {
        shared += proposed.contains(shadow.found(n)) ? 1 : 0;
      }
      shadow.meter().shadowed(proposed.size(), shared);
    }
  }

  @Override
  public void close() {
    versions.close();
  }
}
