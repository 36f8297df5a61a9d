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
import io.github.flinkrecsys.core.util.TopK;
import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.RowBatch;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * What a sequence model, for example a GRU (Hidasi et al., Session-based Recommendations with
 * Recurrent Neural Networks, 2016), expects after the items of the session that goes on.
 *
 * <p>Scores are probabilities over all items that the model knows; those that the replica has not
 * admitted are passed over. Items that the model does not know are left out of the session. The
 * reason is the newest item that it knows. A run that fails, or gives what is not a number, throws:
 * the ranker counts it and passes the source over. One run of one row per list; belongs to one
 * thread, and shares the model with all subtasks of the process. A newer version that a control
 * stream has brought into the process serves from the next list on.
 */
public final class OnnxSequenceSource implements CandidateSource {
  private final String name;
  private final ItemReplica items;
  private LoadedSequenceModel model;

  /** A version that could not be taken, so that it is tried once. */
  private long refusedVersion;

  private RowBatch batch;
  private long[] row;
  private TopK best;
  private int[] columns;
  private float[] scores;

  /** Slots by column, -1 while the replica has not admitted the item; a slot stays an item's. */
  private int[] slots;

  private OnnxSequenceSource(SequenceModelConfig config, ItemReplica items) throws ModelException {
    this.name = config.name();
    this.items = items;
    use(LoadedSequenceModel.load(config));
  }

  private void use(LoadedSequenceModel next) {
    model = next;
    batch = new RowBatch(next.contract);
    row = new long[next.config.length()];
    int count = Math.min(next.config.candidates(), next.vocabulary.size());
    best = new TopK(count);
    columns = new int[count];
    scores = new float[count];
    slots = new int[next.vocabulary.size()];
    Arrays.fill(slots, -1);
  }

  /** Takes the version that a control stream has brought, if it is newer. */
  private void follow() {
    LoadedSequenceModel newest = SequenceModels.newest(name);
    if (newest == null
        || newest.version() <= model.version()
        || newest.version() == refusedVersion) {
      return;
    }
    try {
      LoadedSequenceModel before = model;
      use(newest.again());
      before.close();
    } catch (ModelException e) {
      refusedVersion = newest.version();
      throw new UncheckedIOException(e);
    }
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
    follow();
    int reasonColumn = fillRow(context.session());
    if (reasonColumn < 0) {
      return;
    }
    batch.clear();
    batch.add(0, row);
    float[] output;
    try {
      output = model.lease.model().run(batch);
    } catch (ModelException e) {
      throw new UncheckedIOException(e);
    }
    best.clear();
    float max = Float.NEGATIVE_INFINITY;
    for (int column = 0; column < output.length; column++) {
      // Offering what is not a number throws.
      best.offer(column, output[column]);
      max = Math.max(max, output[column]);
    }
    double sum = 0;
    for (float score : output) {
      sum += Math.exp(score - max);
    }
    int reason = slot(reasonColumn);
    int count = best.drainTo(columns, scores);
    for (int n = 0; n < count; n++) {
      int slot = slot(columns[n]);
      if (slot >= 0) {
        into.add(slot, (float) (Math.exp(scores[n] - max) / sum), reason);
      }
    }
  }

  /** Fills the row from its end; gives the column of the newest item, -1 if none is known. */
  private int fillRow(OpenSession session) {
    Arrays.fill(row, 0);
    int newest = -1;
    int place = row.length;
    int count = session == null ? 0 : session.count;
    for (int n = count - 1; n >= 0 && place > 0; n--) {
      int column = model.vocabulary.column(session.hashes[n]);
      if (column >= 0) {
        row[--place] = column + 1;
        newest = newest < 0 ? column : newest;
      }
    }
    return newest;
  }

  private int slot(int column) {
    if (slots[column] < 0) {
      slots[column] = items.slot(model.vocabulary.id(column));
    }
    return slots[column];
  }

  @Override
  public void close() {
    model.close();
  }
}
