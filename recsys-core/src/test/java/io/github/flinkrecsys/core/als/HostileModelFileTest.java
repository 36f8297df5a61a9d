/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.Mutator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile model files: a whole model, or one error that names the byte. */
class HostileModelFileTest {
  private static final int[] COUNTS = {
    Integer.MIN_VALUE, -1, 0, 1, 2, 3, 65_536, 65_537, 1 << 24, Integer.MAX_VALUE
  };

  private final byte[] whole = model("u1", "\u00e9\ud83d\ude00", "i1");
  private final byte[] longIds = model("x".repeat(65_535), "y".repeat(40_000), "z");

  @TempDir private Path folder;

  @Test
  void changedBytes() {
    Fuzz.run(
        "model file, bytes changed",
        7_000,
        random -> {
          byte[] good = good(random);
          return random.nextInt(20) == 0 ? good : longer(Mutator.changed(good, random), random);
        },
        bytes -> {
          boolean accepted = accepts(bytes);
          assertThat(accepted && !Arrays.equals(bytes, whole) && !Arrays.equals(bytes, longIds))
              .as("a changed file is read")
              .isFalse();
          return accepted;
        });
  }

  @Test
  void otherValuesWithRightChecksums() {
    Fuzz.run("model file, checksums right", 7_000, this::forged, HostileModelFileTest::accepts);
  }

  @Test
  void filesOnDisk() throws IOException {
    Path file = folder.resolve("model");
    Fuzz.run(
        "model file on disk",
        500,
        this::forged,
        bytes -> {
          Files.write(file, bytes);
          try {
            FactorModel model = FactorModelFile.read(file);
            assertThat(model.userIds().size() + model.itemIds().size()).isLessThanOrEqualTo(3);
            return true;
          } catch (IOException e) {
            assertThat(e.getMessage()).startsWith(file + " is not a model").doesNotContain("\n");
            return false;
          }
        });
  }

  private byte[] good(Random random) {
    return random.nextInt(50) == 0 ? longIds : whole;
  }

  private static byte[] longer(byte[] bytes, Random random) {
    return random.nextInt(10) > 0
        ? bytes
        : Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(1 << 16));
  }

  /** Other values in header and rows, the checksums after each as a forger would make them. */
  private byte[] forged(Random random) {
    byte[] bytes = good(random).clone();
    ByteBuffer file = ByteBuffer.wrap(bytes);
    for (int n = random.nextInt(3); n > 0; n--) {
      file.putInt(16 + 4 * random.nextInt(3), COUNTS[random.nextInt(COUNTS.length)]);
    }
    if (random.nextInt(8) == 0) {
      file.putLong(8, random.nextLong());
    }
    for (int n = random.nextInt(3); n > 0; n--) {
      bytes[32 + random.nextInt(bytes.length - 32)] = (byte) random.nextInt(256);
    }
    int factors = file.getInt(16);
    int at = 28;
    for (int row = 0; at >= 28 && at <= bytes.length - 4; row++) {
      file.putInt(at, crc(bytes, at));
      at += 4;
      if (at + 2 > bytes.length || factors < 0 || factors > bytes.length) {
        break;
      }
      at += 2 + Short.toUnsignedInt(file.getShort(at)) + 4 * factors;
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static boolean accepts(byte[] bytes) {
    try (FactorModelReader reader =
        new FactorModelReader(new ByteArrayInputStream(bytes), "test")) {
      long rows = 0;
      while (reader.hasNext()) {
        FactorRow row = reader.next();
        assertThat(row.id()).isNotEmpty();
        assertThat(row.factors()).hasSize(reader.header().factors());
        for (float factor : row.factors()) {
          assertThat(factor).isFinite();
        }
        rows++;
      }
      assertThat(rows).isEqualTo((long) reader.header().users() + reader.header().items());
      return true;
    } catch (IOException e) {
      assertThat(e.getMessage())
          .startsWith("test is not a model, before byte ")
          .containsAnyOf(": expected ", " must be ")
          .contains(", got ")
          .hasSizeLessThan(250)
          .doesNotContain("\n");
      return false;
    }
  }

  private static byte[] model(String user, String otherUser, String item) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FactorModelWriter writer =
        new FactorModelWriter(out, "test", new FactorModelHeader(5, 2, 2, 1))) {
      writer.write(user, new float[] {1, -2});
      writer.write(otherUser, new float[] {0.5f, Float.MIN_VALUE});
      writer.write(item, new float[] {3, Float.MAX_VALUE});
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }
}
