/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import io.github.flinkrecsys.core.util.Checks;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.zip.CRC32;

/**
 * Reads a model row by row, from the bytes of {@link FactorModelFile}, and holds one row at a time.
 *
 * <p>What is not a whole model is an {@code IOException} whose message names the file, the byte and
 * what was expected there. Memory is taken for what is there, never for what a count declares.
 * Belongs to one thread.
 */
public final class FactorModelReader implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final InputStream in;
  private final CRC32 checksum = new CRC32();
  private final FactorModelHeader header;
  private byte[] bytes = new byte[FactorModelFile.HEADER_BYTES];
  private long position;
  private long rowsRead;

  /**
   * Reads a header.
   *
   * @param in the bytes; closed by {@link #close}
   * @param name of where they come from, for messages
   * @throws IOException if they cannot be read or are not a header
   */
  public FactorModelReader(InputStream in, String name) throws IOException {
    this.name = Checks.notBlank("name", name);
    this.in = new BufferedInputStream(in, BUFFER);
    header = readHeader();
  }

  /**
   * Opens a file and reads its header.
   *
   * @param file to be read
   * @return a reader, which must be closed
   * @throws IOException if it cannot be read, is not a header, or is too short for its rows
   */
  public static FactorModelReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      FactorModelReader reader = new FactorModelReader(in, file.toString());
      reader.checkLength(Files.size(file));
      return reader;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private void checkLength(long length) throws IOException {
    long perRow = Short.BYTES + 1 + (long) header.factors() * Float.BYTES + Integer.BYTES;
    long least = FactorModelFile.HEADER_BYTES + header.rows() * perRow;
    if (length < least) {
      throw malformed("a file of at least " + least + " bytes for " + header, length + " bytes");
    }
  }

  private FactorModelHeader readHeader() throws IOException {
    ByteBuffer head = read(Integer.BYTES, "the magic number");
    expect("the magic number", FactorModelFile.MAGIC, head.getInt());
    head = read(Integer.BYTES, "the version of the format");
    expect("the version of the format", FactorModelFile.FORMAT_VERSION, head.getInt());
    head = read(Long.BYTES + 3 * Integer.BYTES, "the header");
    long version = head.getLong();
    int factors = head.getInt();
    int users = head.getInt();
    int items = head.getInt();
    readChecksum("the header");
    try {
      return new FactorModelHeader(version, factors, users, items);
    } catch (IllegalArgumentException e) {
      throw new IOException(at() + e.getMessage(), e);
    }
  }

  /**
   * Gives the header.
   *
   * @return what the file says of itself
   */
  public FactorModelHeader header() {
    return header;
  }

  /**
   * Tells whether there is another row.
   *
   * @return whether {@link #next} gives one; after false the whole file has been found in order
   * @throws IOException if bytes follow the last row
   */
  public boolean hasNext() throws IOException {
    if (rowsRead < header.rows()) {
      return true;
    }
    if (in.read() >= 0) {
      throw malformed("the end after " + header.rows() + " rows", "more bytes");
    }
    return false;
  }

  /**
   * Reads a row.
   *
   * @return the row, whose checksum was right
   * @throws IOException if it cannot be read or is not whole
   * @throws NoSuchElementException if there is none
   */
  public FactorRow next() throws IOException {
    if (rowsRead == header.rows()) {
      throw new NoSuchElementException(name + " has " + rowsRead + " rows");
    }
    String row = "row " + rowsRead;
    int idLength = Short.toUnsignedInt(read(Short.BYTES, row).getShort());
    ByteBuffer idBytes = ByteBuffer.allocate(idLength).put(read(idLength, row)).flip();
    float[] factors = new float[header.factors()];
    read(header.factors() * Float.BYTES, row).asFloatBuffer().get(factors);
    readChecksum(row);
    FactorRow.Side side = rowsRead < header.users() ? FactorRow.Side.USER : FactorRow.Side.ITEM;
    rowsRead++;
    return new FactorRow(side, id(idBytes, row), checked(factors, row));
  }

  private String id(ByteBuffer utf8, String row) throws IOException {
    try {
      if (utf8.hasRemaining()) {
        return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
      }
    } catch (CharacterCodingException e) {
      throw malformed("an id in UTF-8 in " + row, "other bytes");
    }
    throw malformed("an id in " + row, "none");
  }

  private float[] checked(float[] factors, String row) throws IOException {
    for (float factor : factors) {
      if (!Float.isFinite(factor)) {
        throw malformed("finite factors in " + row, String.valueOf(factor));
      }
    }
    return factors;
  }

  private void readChecksum(String what) throws IOException {
    int computed = (int) checksum.getValue();
    expect("the checksum of " + what, computed, read(Integer.BYTES, what).getInt());
  }

  private void expect(String what, int expected, int read) throws IOException {
    if (read != expected) {
      throw malformed("%s to be 0x%08x".formatted(what, expected), "0x%08x".formatted(read));
    }
  }

  /** Reads exactly so many bytes; valid until the next call. */
  private ByteBuffer read(int length, String what) throws IOException {
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    int got = in.readNBytes(bytes, 0, length);
    position += got;
    if (got < length) {
      throw malformed((length - got) + " more bytes of " + what, "the end");
    }
    checksum.update(bytes, 0, length);
    return ByteBuffer.wrap(bytes, 0, length);
  }

  private IOException malformed(String expected, String got) {
    return new IOException(at() + "expected " + expected + ", got " + got);
  }

  private String at() {
    return name + " is not a model, before byte " + position + ": ";
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
