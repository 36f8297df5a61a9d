/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The file of a {@link FactorModel}. Big endian; rows of users first, then those of items.
 *
 * <pre>
 *  offset 0  int    magic 0x52534641 ("RSFA")
 *         4  int    version of the format: 1
 *         8  long   version of the model, not negative
 *        16  int    factors, 1 to 65536
 *        20  int    users, not negative
 *        24  int    items, not negative
 *        28  int    checksum
 *        32  rows, users + items of them, each:
 *            short  bytes of the id, unsigned, 1 to 65535
 *            byte   so many: the id in UTF-8
 *            float  factors of them, all finite
 *            int    checksum
 * </pre>
 *
 * <p>A checksum is the CRC-32 of all bytes of the file before it. So each row that was read is
 * known to be whole, and to follow on whole ones, before the file has ended. Nothing follows the
 * last row.
 */
public final class FactorModelFile {
  static final int MAGIC = 0x52534641;
  static final int FORMAT_VERSION = 1;
  static final int HEADER_BYTES = 32;
  static final int MAX_ID_BYTES = 0xFFFF;

  private FactorModelFile() {}

  /**
   * Writes a model. The file appears when it is complete, in place of one that was there; until
   * then its name ends in {@code .partial}.
   *
   * @param file to be written; its folder must exist
   * @param model that is kept
   * @throws IOException if it cannot be written, an id is longer than 65,535 bytes or not Unicode,
   *     or a factor is not finite
   */
  public static void write(Path file, FactorModel model) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      try (FactorModelWriter writer =
          new FactorModelWriter(Files.newOutputStream(partial), file.toString(), model.header())) {
        for (int u = 0; u < model.userIds().size(); u++) {
          writer.write(model.userIds().get(u), model.user(u));
        }
        for (int i = 0; i < model.itemIds().size(); i++) {
          writer.write(model.itemIds().get(i), model.item(i));
        }
      }
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * Reads a whole model into memory; {@link FactorModelReader} reads row by row.
   *
   * @param file to be read
   * @return the model
   * @throws IOException if it cannot be read or is not a whole model; the message names the file,
   *     the byte and what was expected there
   */
  public static FactorModel read(Path file) throws IOException {
    try (FactorModelReader reader = FactorModelReader.open(file)) {
      FactorModelHeader header = reader.header();
      // They grow with what is there, since the counts are only what somebody wrote.
      List<String> userIds = new ArrayList<>();
      List<float[]> users = new ArrayList<>();
      List<String> itemIds = new ArrayList<>();
      List<float[]> items = new ArrayList<>();
      while (reader.hasNext()) {
        FactorRow row = reader.next();
        boolean user = row.side() == FactorRow.Side.USER;
        (user ? userIds : itemIds).add(row.id());
        (user ? users : items).add(row.factors());
      }
      return new FactorModel(
          header.version(),
          header.factors(),
          userIds,
          users.toArray(float[][]::new),
          itemIds,
          items.toArray(float[][]::new));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is not a model: " + e.getMessage(), e);
    }
  }
}
