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
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.RowBatch;
import io.github.flinkrecsys.inference.model.SharedModels;
import io.github.flinkrecsys.inference.model.TensorSpec;
import io.github.flinkrecsys.inference.model.Vocabulary;
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
 * thread, and shares the model with all subtasks of the process.
 */
public final class OnnxSequenceSource implements CandidateSource {
  private final SequenceModelConfig config;
  private final ItemReplica items;
  private final Vocabulary vocabulary;
  private final SharedModels.Lease model;
  private final RowBatch batch;
  private final long[] row;
  private final TopK best;
  private final int[] columns;
  private final float[] scores;

  /** Slots by column, -1 while the replica has not admitted the item; a slot stays an item's. */
  private final int[] slots;

  private OnnxSequenceSource(SequenceModelConfig config, ItemReplica items) throws ModelException {
    this.config = config;
    this.items = items;
    this.vocabulary =
        Vocabulary.load(new ModelVersion(config.model().version(), config.vocabularyPath()));
    ModelContract contract =
        ModelContract.of(
            TensorSpec.floats(config.output(), vocabulary.size()),
            TensorSpec.indices(config.input(), config.length()));
    this.model = SharedModels.open(config.model(), contract, config.limits());
    this.batch = new RowBatch(contract);
    this.row = new long[config.length()];
    int count = Math.min(config.candidates(), vocabulary.size());
    this.best = new TopK(count);
    this.columns = new int[count];
    this.scores = new float[count];
    this.slots = new int[vocabulary.size()];
    Arrays.fill(slots, -1);
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
    return config.name();
  }

  @Override
  public void retrieve(RankingContext context, Candidates into) {
    int reasonColumn = fillRow(context.session());
    if (reasonColumn < 0) {
      return;
    }
    batch.clear();
    batch.add(0, row);
    float[] output;
    try {
      output = model.model().run(batch);
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
      int column = vocabulary.column(session.hashes[n]);
      if (column >= 0) {
        row[--place] = column + 1;
        newest = newest < 0 ? column : newest;
      }
    }
    return newest;
  }

  private int slot(int column) {
    if (slots[column] < 0) {
      slots[column] = items.slot(vocabulary.id(column));
    }
    return slots[column];
  }

  @Override
  public void close() {
    model.close();
  }
}
