/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import io.github.flinkrecsys.core.util.Hashes;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The items that a model knows: item of line {@code n} of a file, from 0, is column {@code n} of
 * its output. About 100 bytes per item.
 */
public final class Vocabulary {
  private final String[] ids;
  private final Long2IntOpenHashMap columns;

  private Vocabulary(ModelVersion file) throws ModelException {
    List<String> lines =
        new String(ModelFile.read(file, ModelLimits.DEFAULT.maxFileBytes()), StandardCharsets.UTF_8)
            .lines()
            .toList();
    if (lines.isEmpty()) {
      throw new ModelException(file, "must name an item in each line, is empty");
    }
    ids = lines.toArray(String[]::new);
    columns = new Long2IntOpenHashMap(ids.length);
    columns.defaultReturnValue(-1);
    for (int column = 0; column < ids.length; column++) {
      if (ids[column].isBlank()) {
        throw new ModelException(file, "must name an item in each line, line " + (column + 1));
      }
      if (columns.put(Hashes.hash(ids[column]), column) >= 0) {
        throw new ModelException(
            file, "must name each item once, " + ids[column] + " again in line " + (column + 1));
      }
    }
  }

  /**
   * Reads a file of one id per line, in UTF-8.
   *
   * @param file path, and the version of the model that it belongs to
   * @return the items
   * @throws ModelException if it cannot be read, or a line is empty or a second one of an item
   */
  public static Vocabulary load(ModelVersion file) throws ModelException {
    return new Vocabulary(file);
  }

  /**
   * Counts the items.
   *
   * @return number of columns
   */
  public int size() {
    return ids.length;
  }

  /**
   * Names the item of a column.
   *
   * @param column from 0
   * @return its id
   */
  public String id(int column) {
    return ids[column];
  }

  /**
   * Finds the column of an item.
   *
   * @param idHash {@link Hashes#hash} of its id
   * @return column, or -1 if the model does not know it
   */
  public int column(long idHash) {
    return columns.get(idHash);
  }
}
