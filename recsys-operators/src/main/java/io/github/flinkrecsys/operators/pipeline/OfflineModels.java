/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.factorization.ModelRow;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Offline models that a running recommender takes over: one before it learns from anything, and
 * newer ones while it runs. Immutable.
 */
public final class OfflineModels {
  /** No models. */
  public static final OfflineModels NONE = new OfflineModels(null, null, null, null);

  private final String initialFile;
  private final DataStream<ModelRow> initialRows;
  private final DataStream<String> newerFiles;
  private final DataStream<ModelRow> newerRows;

  private OfflineModels(
      String initialFile,
      DataStream<ModelRow> initialRows,
      DataStream<String> newerFiles,
      DataStream<ModelRow> newerRows) {
    this.initialFile = initialFile;
    this.initialRows = initialRows;
    this.newerFiles = newerFiles;
    this.newerRows = newerRows;
  }

  /**
   * Sets a file to start from; a file that cannot be used fails the job. Interactions wait until it
   * is there. It stays part of the job for good: a restart from a savepoint finds it read.
   *
   * @param path of a model file, for Flink's file systems
   * @return models with it
   */
  public OfflineModels withInitialFile(String path) {
    Checks.notBlank("path", path);
    Checks.require(initialRows == null, "path", "the only initial model", path);
    return new OfflineModels(path, null, newerFiles, newerRows);
  }

  /**
   * Sets rows to start from. Interactions wait until the stream has ended.
   *
   * @param rows bounded, of one model, all its items among them
   * @return models with it
   */
  public OfflineModels withInitialRows(DataStream<ModelRow> rows) {
    Checks.notNull("rows", rows);
    Checks.require(initialFile == null, "rows", "the only initial model", rows);
    return new OfflineModels(null, rows, newerFiles, newerRows);
  }

  /**
   * Sets where newer files are announced; a file that cannot be used is a dead letter. Whoever
   * writes to the stream decides which files the job opens.
   *
   * @param paths of model files, for Flink's file systems
   * @return models with them
   */
  public OfflineModels withNewerFiles(DataStream<String> paths) {
    return new OfflineModels(initialFile, initialRows, Checks.notNull("paths", paths), newerRows);
  }

  /**
   * Sets where rows of newer models come from.
   *
   * @param rows of any number of models
   * @return models with them
   */
  public OfflineModels withNewerRows(DataStream<ModelRow> rows) {
    return new OfflineModels(initialFile, initialRows, newerFiles, Checks.notNull("rows", rows));
  }

  String initialFile() {
    return initialFile;
  }

  DataStream<ModelRow> initialRows() {
    return initialRows;
  }

  DataStream<String> newerFiles() {
    return newerFiles;
  }

  DataStream<ModelRow> newerRows() {
    return newerRows;
  }

  boolean hasInitial() {
    return initialFile != null || initialRows != null;
  }

  boolean isEmpty() {
    return !hasInitial() && newerFiles == null && newerRows == null;
  }
}
