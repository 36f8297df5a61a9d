/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.RowBatch;
import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * What a model does for a record: which rows it scores, and what is made of the scores. Has no
 * state; batches, versions and metrics are the operator's.
 *
 * @param <I> type of the records
 * @param <O> type of what is emitted
 */
public interface ModelFunction<I, O> extends Serializable {
  /** Where results go. */
  interface Output<O> {
    /**
     * Emits a record.
     *
     * @param value to emit
     */
    void collect(O value);

    /**
     * Emits a record to a side output.
     *
     * @param <S> its type
     * @param tag of the side output
     * @param value to emit
     */
    <S> void side(OutputTag<S> tag, S value);
  }

  /**
   * Checks that a contract is one that this function can fulfil.
   *
   * @param contract of the models
   * @throws IllegalArgumentException if it is not
   */
  void check(ModelContract contract);

  /**
   * Tells what is emitted.
   *
   * @return its type
   */
  TypeInformation<O> outputType();

  /**
   * Tells by whom users are split among versions.
   *
   * @param input a record
   * @return user, or key of the record
   */
  String key(I input);

  /**
   * Tells the time of a record.
   *
   * @param input a record
   * @return event time in milliseconds
   */
  long timestampMillis(I input);

  /**
   * Tells what is wrong with a record.
   *
   * @param input a record
   * @param contract of the models
   * @return the reason for not scoring it, or null if there is none
   */
  String violation(I input, ModelContract contract);

  /**
   * Counts the rows of a record.
   *
   * @param input without a violation
   * @return rows, may be 0
   */
  int rows(I input);

  /**
   * Adds the rows of a record.
   *
   * @param input without a violation
   * @param contract of the models
   * @param batch receives them
   */
  void addRows(I input, ModelContract contract, RowBatch batch);

  /**
   * Names the rows of a record.
   *
   * @param input without a violation
   * @return one name per row, or none
   */
  String[] rowNames(I input);

  /**
   * Emits what a record comes to by the scores of its rows.
   *
   * @param input without a violation
   * @param modelVersion that gave the scores
   * @param values output of the model for the rows of this record, all finite
   * @param out receives it
   */
  void emit(I input, long modelVersion, float[] values, Output<O> out);

  /**
   * Emits what a record comes to without scores.
   *
   * @param input a record
   * @param reason why there are none
   * @param out receives it
   */
  void fallBack(I input, String reason, Output<O> out);
}
