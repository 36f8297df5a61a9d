/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.session.OpenSession;
import io.github.flinkrecsys.core.util.TopK;
import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.ModelHold;
import io.github.flinkrecsys.inference.model.RowBatch;
import java.util.Arrays;

/**
 * Runs one version of a sequence model on one session at a time, and holds what it expects next
 * until the following run. Belongs to one thread. 4 bytes per item that the model knows.
 */
final class SequenceRun implements ModelHold {
  private final LoadedSequenceModel model;
  private final ItemReplica items;
  private final RowBatch batch;
  private final long[] row;
  private final TopK best;

  /** Columns of the best, then the slots of those among them that the replica has admitted. */
  private final int[] found;

  private final float[] scores;
  private SequenceMeter meter = SequenceMeter.NONE;
  private int count;
  private int reason;

  /** Slots by column, -1 while the replica has not admitted the item; a slot stays an item's. */
  private final int[] slots;

  /** Takes over the hold on a model. */
  SequenceRun(LoadedSequenceModel model, ItemReplica items) {
    this.model = model;
    this.items = items;
    batch = new RowBatch(model.lease.model().contract());
    row = new long[model.config.length()];
    int most = Math.min(model.config.candidates(), model.vocabulary.size());
    best = new TopK(most);
    found = new int[most];
    scores = new float[most];
    slots = new int[model.vocabulary.size()];
    Arrays.fill(slots, -1);
  }

  /**
   * Finds the items that come next, best first: none if the model knows none of the session's.
   *
   * @throws ModelException if the run fails, or gives what is not a number; there are none then
   */
  void run(OpenSession session) throws ModelException {
    count = 0;
    int newest = fillRow(session);
    if (newest < 0) {
      return;
    }
    batch.clear();
    batch.add(0, row);
    reason = slot(newest);
    select(output());
  }

  private float[] output() throws ModelException {
    long start = System.nanoTime();
    try {
      float[] output = model.lease.model().run(batch);
      meter.ran((System.nanoTime() - start) / 1_000);
      return output;
    } catch (ModelException | RuntimeException e) {
      meter.failed();
      throw e;
    }
  }

  /** Keeps the best items that the replica has admitted, each with its softmax of all scores. */
  private void select(float[] output) throws ModelException {
    float max = Float.NEGATIVE_INFINITY;
    for (float score : output) {
      max = Math.max(max, score);
    }
    // Also where one score is not a number. One that is minus infinity has no share, as is right.
    if (!Float.isFinite(max)) {
      meter.gaveNoNumber();
      throw new ModelException(model.config.model(), "must give finite numbers, gives " + max);
    }
    best.clear();
    double sum = 0;
    for (int column = 0; column < output.length; column++) {
      best.offer(column, output[column]);
      sum += Math.exp(output[column] - max);
    }
    int size = best.drainTo(found, scores);
    for (int n = 0; n < size; n++) {
      int slot = slot(found[n]);
      float share = (float) (Math.exp(scores[n] - max) / sum);
      if (slot >= 0 && share > 0) {
        found[count] = slot;
        scores[count++] = share;
      }
    }
  }

  /** Fills the row from its end; gives the column of the newest item, -1 if none is known. */
  private int fillRow(OpenSession session) {
    Arrays.fill(row, 0);
    int newest = -1;
    int place = row.length;
    int length = session == null ? 0 : session.count;
    for (int n = length - 1; n >= 0 && place > 0; n--) {
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

  /** Counts what the last run has found. */
  int count() {
    return count;
  }

  /** Gives the slot of an item that the last run has found, best first. */
  int found(int n) {
    return found[n];
  }

  /** Gives the probability of an item that the last run has found. */
  float score(int n) {
    return scores[n];
  }

  /** Gives the slot of the session's newest item that the model knows, -1 if it has none. */
  int reason() {
    return reason;
  }

  /** Tells whether this runs the same files. */
  boolean runs(LoadedSequenceModel other) {
    return model.config.equals(other.config);
  }

  SequenceMeter meter() {
    return meter;
  }

  void countInto(SequenceMeter next) {
    meter = next;
  }

  long version() {
    return model.version();
  }

  @Override
  public void close() {
    model.close();
  }
}
