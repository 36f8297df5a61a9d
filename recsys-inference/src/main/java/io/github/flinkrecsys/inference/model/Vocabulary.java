/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.util.Hashes;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The items that a model knows: item of line {@code n} of a file, from 0, is column {@code n} of
 * its output. About 100 bytes per item.
 */
public final class Vocabulary {
  private final String[] ids;
  private final Long2IntOpenHashMap columns;

  private Vocabulary(ModelVersion file) throws ModelException {
    byte[] bytes = ModelFile.read(file, ModelLimits.DEFAULT.maxFileBytes());
    columns = new Long2IntOpenHashMap();
    columns.defaultReturnValue(-1);
    List<String> lines = new ArrayList<>();
    // Line by line, so that a file of nothing but line breaks is refused at its first.
    Iterator<String> rest = new String(bytes, StandardCharsets.UTF_8).lines().iterator();
    while (rest.hasNext()) {
      String id = rest.next();
      String violation = violation(id, lines.size());
      if (violation != null) {
        throw new ModelException(file, violation + " in line " + (lines.size() + 1));
      }
      lines.add(id);
    }
    ids = lines.toArray(String[]::new);
  }

  /** Takes up a line; tells why not, or null if it is an item. */
  private String violation(String id, int column) {
    if (column == TensorSpec.MAX_WIDTH) {
      return "must name at most " + TensorSpec.MAX_WIDTH + " items, names one more";
    }
    if (id.isBlank()) {
      return "must name an item in each line, names none";
    }
    String ofId = Interactions.idViolation("item", id);
    if (ofId != null) {
      return ofId;
    }
    return columns.putIfAbsent(Hashes.hash(id), column) < 0
        ? null
        : "must name each item once, " + id + " again";
  }

  /**
   * Reads a file of one id per line, in UTF-8.
   *
   * @param file path, and the version of the model that it belongs to
   * @return the items
   * @throws ModelException if it cannot be read, or a line is blank, no id or a second one of an
   *     item, or there are more than 10,000,000
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
