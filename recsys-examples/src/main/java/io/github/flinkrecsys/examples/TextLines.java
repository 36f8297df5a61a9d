/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a file line by line and holds one line, which is bounded: a file without line breaks, such
 * as a binary one, must not fill the heap.
 *
 * <p>A line ends as for {@link java.io.BufferedReader#readLine}. What is not of the character set
 * is replaced.
 */
public final class TextLines implements Closeable {
  private static final int END = -1;

  private final Reader reader;
  private final int maxLength;
  private final char[] buffer = new char[1 << 14];
  private int at;
  private int filled;

  private TextLines(Reader reader, int maxLength) {
    this.reader = reader;
    this.maxLength = maxLength;
  }

  /**
   * Opens a file in UTF-8.
   *
   * @param file to be read
   * @param maxLength of a line, in UTF-16 units
   * @return the lines; to be closed
   * @throws IOException if it cannot be read
   */
  public static TextLines open(Path file, int maxLength) throws IOException {
    return open(file, maxLength, StandardCharsets.UTF_8);
  }

  /**
   * Opens a file.
   *
   * @param file to be read
   * @param maxLength of a line, in UTF-16 units
   * @param charset of the file
   * @return the lines; to be closed
   * @throws IOException if it cannot be read
   */
  public static TextLines open(Path file, int maxLength, Charset charset) throws IOException {
    return new TextLines(new InputStreamReader(Files.newInputStream(file), charset), maxLength);
  }

  /**
   * Reads a line.
   *
   * @return the line without its end, or null at the end of the file; of a line longer than {@code
   *     maxLength} as much and one character, so that it shows that it is too long
   * @throws IOException if it cannot be read
   */
  public String next() throws IOException {
    int c = read();
    if (c == END) {
      return null;
    }
    StringBuilder line = new StringBuilder();
    for (; c != END && c != '\n' && c != '\r'; c = read()) {
      if (line.length() <= maxLength) {
        line.append((char) c);
      }
    }
    if (c == '\r' && read() != '\n' && filled > 0) {
      at--;
    }
    return line.toString();
  }

  private int read() throws IOException {
    if (at == filled) {
      filled = Math.max(0, reader.read(buffer));
      at = 0;
    }
    return filled == 0 ? END : buffer[at++];
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
