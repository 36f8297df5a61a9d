/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactorModelFileTest {
  private static final FactorModel MODEL =
      new FactorModel(
          5,
          2,
          List.of("u1", "\u00e9\ud83d\ude00"),
          new float[][] {{1, -2}, {0.5f, Float.MIN_VALUE}},
          List.of("i"),
          new float[][] {{3, Float.MAX_VALUE}});

  @TempDir private Path folder;

  @Test
  void aModelComesBackAsItWas() throws IOException {
    Path file = folder.resolve("model");
    Files.writeString(file, "an older one");
    FactorModelFile.write(file, MODEL);
    FactorModel read = FactorModelFile.read(file);
    assertThat(read.version()).isEqualTo(5);
    assertThat(read.factors()).isEqualTo(2);
    assertThat(read.userIds()).isEqualTo(MODEL.userIds());
    assertThat(read.itemIds()).isEqualTo(MODEL.itemIds());
    assertThat(read.user(0)).containsExactly(1f, -2f);
    assertThat(read.user(1)).containsExactly(0.5f, Float.MIN_VALUE);
    assertThat(read.item(0)).containsExactly(3f, Float.MAX_VALUE);
    try (var files = Files.list(folder)) {
      assertThat(files).as("no partial file is left").containsExactly(file);
    }
  }

  @Test
  void theBytesAreThoseOfTheMap() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FactorModelHeader header = new FactorModelHeader(7, 1, 1, 0);
    try (FactorModelWriter writer = new FactorModelWriter(out, "test", header)) {
      writer.write("ab", new float[] {1.5f});
    }
    ByteBuffer expected = ByteBuffer.allocate(44);
    expected.putInt(0x52534641).putInt(1).putLong(7).putInt(1).putInt(1).putInt(0);
    expected.putInt(crc(expected));
    expected.putShort((short) 2).put((byte) 'a').put((byte) 'b').putFloat(1.5f);
    expected.putInt(crc(expected));
    assertThat(out.toByteArray()).isEqualTo(expected.array());
  }

  @Test
  void rowsAreReadOneByOne() throws IOException {
    try (FactorModelReader reader = reader(bytes())) {
      assertThat(reader.header()).isEqualTo(new FactorModelHeader(5, 2, 2, 1));
      assertThat(reader.next().id()).isEqualTo("u1");
      assertThat(reader.next().side()).isEqualTo(FactorRow.Side.USER);
      assertThat(reader.hasNext()).isTrue();
      FactorRow item = reader.next();
      assertThat(item.side()).isEqualTo(FactorRow.Side.ITEM);
      assertThat(item.factors()).containsExactly(3f, Float.MAX_VALUE);
      assertThat(reader.hasNext()).isFalse();
      assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void everyCutIsNoticedAndNamed() throws IOException {
    byte[] whole = bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> readAll(cut))
          .as("cut at %d", length)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("test is not a model, before byte " + length + ": expected ")
          .hasMessageEndingWith(", got the end");
    }
    Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 20));
    assertThatThrownBy(() -> FactorModelFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected a file of at least")
        .hasMessageContaining(file.toString());
  }

  @Test
  void bytesAfterTheEndAreNoticed() throws IOException {
    byte[] whole = bytes();
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> readAll(longer))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "test is not a model, before byte %d: expected the end after 3 rows, got more bytes",
            whole.length);
  }

  @Test
  void everyChangedBitIsNoticed() throws IOException {
    byte[] whole = bytes();
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] changed = whole.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> readAll(changed)).as("bit %d", bit).isInstanceOf(IOException.class);
    }
  }

  @Test
  void changedBytesGiveNothingButIoExceptions() throws IOException {
    byte[] whole = bytes();
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      byte[] changed = Arrays.copyOf(whole, random.nextInt(2 * whole.length));
      for (int n = random.nextInt(8); n >= 0 && changed.length > 0; n--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      // Every second time with a header whose checksum is right, so that its values are met.
      if (seed % 2 == 0 && changed.length >= FactorModelFile.HEADER_BYTES) {
        System.arraycopy(whole, 0, changed, 0, 8);
        ByteBuffer header = ByteBuffer.wrap(changed).position(28);
        header.putInt(crc(header));
      }
      try {
        readAll(changed);
        assertThat(changed).as("seed %d was read", seed).isEqualTo(whole);
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessageStartingWith("test is not a model, before");
      }
    }
  }

  @Test
  void declaredCountsTakeNoMemory() throws IOException {
    byte[] huge = headerOnly(1, 65_536, Integer.MAX_VALUE, Integer.MAX_VALUE);
    assertThatThrownBy(() -> readAll(huge)).isInstanceOf(IOException.class);
    Path file = Files.write(folder.resolve("huge"), huge);
    assertThatThrownBy(() -> FactorModelFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected a file of at least 1125929971089426 bytes")
        .hasMessageEndingWith("got 32 bytes");
    assertThatThrownBy(() -> readAll(headerOnly(1, 65_537, 1, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("factors must be between 1 and 65536, got 65537");
    assertThatThrownBy(() -> readAll(headerOnly(1, 2, -1, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("users must be non-negative, got -1");
  }

  @Test
  void anotherFormatIsNamed() throws IOException {
    byte[] other = bytes();
    other[7] = 2;
    assertThatThrownBy(() -> readAll(other))
        .hasMessage(
            "test is not a model, before byte 8: expected the version of the format to be"
                + " 0x00000001, got 0x00000002");
    assertThatThrownBy(() -> readAll("not a model".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("expected the magic number to be 0x52534641");
  }

  @Test
  void anIdThatIsThereTwiceIsNoModel() throws IOException {
    Path file = folder.resolve("twice");
    FactorModelHeader header = new FactorModelHeader(1, 1, 2, 0);
    try (FactorModelWriter writer =
        new FactorModelWriter(Files.newOutputStream(file), "test", header)) {
      writer.write("u", new float[1]);
      writer.write("u", new float[1]);
    }
    assertThatThrownBy(() -> FactorModelFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("userIds must be each there once");
  }

  @Test
  void theWriterRefusesWhatCannotBeRead() throws IOException {
    FactorModelHeader header = new FactorModelHeader(1, 1, 1, 0);
    FactorModelWriter writer = new FactorModelWriter(new ByteArrayOutputStream(), "test", header);
    assertThatThrownBy(() -> writer.write("", new float[1]))
        .hasMessage("test, row 0: ids must be of 1 to 65535 bytes, got 0");
    assertThatThrownBy(() -> writer.write("x".repeat(65_536), new float[1]))
        .hasMessage("test, row 0: ids must be of 1 to 65535 bytes, got 65536");
    assertThatThrownBy(() -> writer.write("\ud800", new float[1]))
        .hasMessage("test, row 0: ids must be Unicode, got an unpaired surrogate");
    assertThatThrownBy(() -> writer.write("u", new float[] {Float.NaN}))
        .hasMessage("test, row 0: factors of u must be finite, got NaN");
    assertThatThrownBy(() -> writer.write("u", new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("factors must be 1 long, got 2");
    assertThatThrownBy(writer::close).hasMessage("test, row 0: rows must be 1, got 0");
    writer.write("u", new float[1]);
    assertThatThrownBy(() -> writer.write("v", new float[1]))
        .hasMessage("test, row 1: rows must be 1, got one more");
    assertThatCode(writer::close).doesNotThrowAnyException();
  }

  private byte[] bytes() throws IOException {
    Path file = folder.resolve("bytes");
    FactorModelFile.write(file, MODEL);
    return Files.readAllBytes(file);
  }

  private static byte[] headerOnly(long version, int factors, int users, int items) {
    ByteBuffer header = ByteBuffer.allocate(32);
    header.putInt(FactorModelFile.MAGIC).putInt(FactorModelFile.FORMAT_VERSION);
    header.putLong(version).putInt(factors).putInt(users).putInt(items);
    return header.putInt(crc(header)).array();
  }

  private static int crc(ByteBuffer upToItsPosition) {
    CRC32 crc = new CRC32();
    crc.update(upToItsPosition.array(), 0, upToItsPosition.position());
    return (int) crc.getValue();
  }

  private static FactorModelReader reader(byte[] bytes) throws IOException {
    return new FactorModelReader(new ByteArrayInputStream(bytes), "test");
  }

  private static void readAll(byte[] bytes) throws IOException {
    try (FactorModelReader reader = reader(bytes)) {
      while (reader.hasNext()) {
        reader.next();
      }
    }
  }
}
