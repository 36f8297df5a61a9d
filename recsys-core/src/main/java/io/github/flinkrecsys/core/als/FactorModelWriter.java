/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import io.github.flinkrecsys.core.util.Checks;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Writes a model row by row, in the bytes of {@link FactorModelFile}, and holds one row at a time.
 * Belongs to one thread.
 */
public final class FactorModelWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final FactorModelHeader header;
  private final CRC32 checksum = new CRC32();
  private final DataOutputStream out;
  private final ByteBuffer vector;
  private long written;

  /**
   * Starts a model.
   *
   * @param out receives the bytes; closed by {@link #close}
   * @param name of where they go, for messages
   * @param header says how many rows will come
   * @throws IOException if it cannot be written
   */
  public FactorModelWriter(OutputStream out, String name, FactorModelHeader header)
      throws IOException {
    this.name = Checks.notBlank("name", name);
    this.header = Checks.notNull("header", header);
    // The sum is taken outside of the buffer, so that it has seen all that was written.
    this.out =
        new DataOutputStream(
            new CheckedOutputStream(new BufferedOutputStream(out, BUFFER), checksum));
    vector = ByteBuffer.allocate(header.factors() * Float.BYTES);
    this.out.writeInt(FactorModelFile.MAGIC);
    this.out.writeInt(FactorModelFile.FORMAT_VERSION);
    this.out.writeLong(header.version());
    this.out.writeInt(header.factors());
    this.out.writeInt(header.users());
    this.out.writeInt(header.items());
    writeChecksum();
  }

  /**
   * Writes a row: first those of all users, then those of all items.
   *
   * @param id of the user or item
   * @param factors its vector; read only
   * @throws IOException if it cannot be written, the id is empty, longer than 65,535 bytes or not
   *     Unicode, a factor is not finite, or there are more rows than the header says
   * @throws IllegalArgumentException if the vector has not the header's length
   */
  public void write(String id, float[] factors) throws IOException {
    Checks.require(
        factors.length == header.factors(), "factors", header.factors() + " long", factors.length);
    if (written == header.rows()) {
      throw refused("rows must be " + header.rows() + ", got one more");
    }
    byte[] idBytes = utf8(id);
    vector.clear();
    for (float factor : factors) {
      if (!Float.isFinite(factor)) {
        throw refused("factors of " + id + " must be finite, got " + factor);
      }
      vector.putFloat(factor);
    }
    out.writeShort(idBytes.length);
    out.write(idBytes);
    out.write(vector.array());
    writeChecksum();
    written++;
  }

  private byte[] utf8(String id) throws IOException {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(id));
      if (!bytes.hasRemaining() || bytes.remaining() > FactorModelFile.MAX_ID_BYTES) {
        throw refused("ids must be of 1 to 65535 bytes, got " + bytes.remaining());
      }
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw refused("ids must be Unicode, got an unpaired surrogate");
    }
  }

  private void writeChecksum() throws IOException {
    out.writeInt((int) checksum.getValue());
  }

  private IOException refused(String reason) {
    return new IOException(name + ", row " + written + ": " + reason);
  }

  /**
   * Ends the model and closes the stream.
   *
   * @throws IOException if it cannot be written, or if there are fewer rows than the header says
   */
  @Override
  public void close() throws IOException {
    out.close();
    if (written < header.rows()) {
      throw refused("rows must be " + header.rows() + ", got " + written);
    }
  }
}
