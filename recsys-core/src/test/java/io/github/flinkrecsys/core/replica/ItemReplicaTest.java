/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemReplicaTest {
  private static final ReplicaConfig CONFIG = new ReplicaConfig(3, 0.1, 7, 5000);

  @Test
  void findsWhatWasAdmittedAcrossManyChunks() {
    ItemReplica replica = new ItemReplica(CONFIG);
    for (int i = 0; i < 4000; i++) {
      assertThat(replica.admit("item" + i)).isEqualTo(i);
    }
    for (int i = 0; i < 4000; i++) {
      assertThat(replica.slot("item" + i)).isEqualTo(i);
      assertThat(replica.slotOfHash(Hashes.hash("item" + i))).isEqualTo(i);
      assertThat(replica.id(i)).isEqualTo("item" + i);
    }
    assertThat(replica.slot("item4000")).isEqualTo(-1);
    assertThat(replica.size()).isEqualTo(4000);
  }

  @Test
  void admitsUpToItsBoundAndForeignItemsBeyond() {
    ItemReplica replica = new ItemReplica(new ReplicaConfig(2, 0.1, 7, 2));
    replica.admit("a");
    replica.admit("b");
    assertThat(replica.admit("c")).isEqualTo(-1);
    assertThat(replica.admit("a")).isZero();
    assertThat(replica.putMetadata(metadata("d", 1))).isFalse();
    assertThat(replica.admitForeign("c")).isEqualTo(2);
  }

  @Test
  void bytesAreThoseOfChunksIndexAndCodes() {
    ItemReplica replica = new ItemReplica(CONFIG);
    long empty = replica.bytes();
    replica.admit("a");
    long chunk = ItemReplica.CHUNK_ROWS * (4L * 3 + 4 + 8 + 8 + 8);
    assertThat(replica.bytes()).isEqualTo(empty + chunk);
    for (int i = 0; i < 4 * ItemReplica.CHUNK_ROWS - 1; i++) {
      replica.admit("item" + i);
    }
    long index = 12L * 2 * 4 * ItemReplica.CHUNK_ROWS;
    assertThat(replica.bytes()).isEqualTo(index + 4 * chunk);
    replica.quantize(0);
    assertThat(replica.bytes()).isEqualTo(index + 4 * chunk + ItemReplica.CHUNK_ROWS * (3L + 4));
  }

  @Test
  void initialFactorsDependOnSeedAndIdAlone() {
    ItemReplica one = new ItemReplica(CONFIG);
    ItemReplica two = new ItemReplica(CONFIG);
    one.admit("x");
    one.admit("y");
    two.admit("y");
    assertThat(row(one, 1)).containsExactly(row(two, 0));
    assertThat(row(one, 0)).isNotEqualTo(row(one, 1));
    ItemReplica otherSeed = new ItemReplica(new ReplicaConfig(3, 0.1, 8, 5000));
    otherSeed.admit("y");
    assertThat(row(otherSeed, 0)).isNotEqualTo(row(two, 0));
  }

  @Test
  void initialFactorsHaveTheStatedDeviation() {
    float[] values = new float[100];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 200; i++) {
      InitialFactors.write(Hashes.hash("id" + i), 1, 0.1, values, 0, 99);
      for (int f = 0; f < 99; f++) {
        sum += values[f];
        squares += values[f] * values[f];
      }
    }
    double count = 200 * 99;
    assertThat(sum / count).isCloseTo(0, within(0.003));
    assertThat(Math.sqrt(squares / count)).isCloseTo(0.1, within(0.003));
  }

  @Test
  void noAdditionIsLostBetweenThreads() throws Exception {
    ItemReplica replica = new ItemReplica(CONFIG);
    int items = 50;
    float[] before = new float[items];
    for (int i = 0; i < items; i++) {
      before[i] = row(replica, replica.admit("i" + i))[0];
    }
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 20_000; n++) {
                  replica.addFactors(n % items, new float[] {1, 0, 0, 2}, 0);
                  replica.addPopularity(n % items, 0);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (int i = 0; i < items; i++) {
      assertThat(row(replica, i)[0]).isCloseTo(1600 + before[i], within(0.1f));
      assertThat(replica.bias(i)).isEqualTo(3200f);
      assertThat(Math.pow(2, replica.popularity(i))).isCloseTo(1600, within(1e-3));
    }
  }

  @Test
  void itemsAdmittedByManyThreadsAreAdmittedOnce() throws Exception {
    ItemReplica replica = new ItemReplica(CONFIG);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 3000; n++) {
                  int slot = replica.admit("i" + n);
                  if (!replica.id(slot).equals("i" + n)) {
                    throw new AssertionError("slot " + slot);
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(replica.size()).isEqualTo(3000);
  }

  @Test
  void newerMetadataReplaceOlderOnes() {
    ItemReplica replica = new ItemReplica(CONFIG);
    replica.putMetadata(metadata("a", 10));
    replica.putMetadata(metadata("a", 5));
    assertThat(replica.metadata(0).timestampMillis()).isEqualTo(10);
    replica.putMetadata(metadata("a", 11));
    assertThat(replica.metadata(0).timestampMillis()).isEqualTo(11);
  }

  @Test
  void batchesGatheredApartSumToTheSame() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      ItemReplica direct = new ItemReplica(CONFIG);
      ItemReplica viaBatches = new ItemReplica(CONFIG);
      ItemDeltaBuffer buffer = new ItemDeltaBuffer(direct);
      long[] updates = new long[2000];
      for (int n = 0; n < 3000; n++) {
        String id = "i" + random.nextInt(2000);
        int slot = direct.admit(id);
        float[] delta = {random.nextFloat(), random.nextFloat(), 1, -1};
        double popularity = random.nextInt(10);
        direct.addFactors(slot, delta, 0);
        direct.addPopularity(slot, popularity);
        buffer.addFactors(slot, delta, 0);
        buffer.count(slot, 1, popularity);
        updates[Integer.parseInt(id.substring(1))]++;
        if (random.nextInt(500) == 0) {
          send(buffer, viaBatches, updates);
        }
      }
      send(buffer, viaBatches, updates);
      assertThat(viaBatches.size()).as("seed %d", seed).isEqualTo(direct.size());
      assertThat(updates).as("seed %d", seed).containsOnly(0);
      for (int slot = 0; slot < direct.size(); slot++) {
        int other = viaBatches.slot(direct.id(slot));
        assertThat(row(viaBatches, other))
            .as("seed %d", seed)
            .containsExactly(row(direct, slot), within(1e-4f));
        assertThat(viaBatches.popularity(other)).isCloseTo(direct.popularity(slot), within(1e-9));
      }
    }
  }

  private static void send(ItemDeltaBuffer buffer, ItemReplica to, long[] updates) {
    for (ItemDeltas batch : buffer.copy(1, 2, 700)) {
      to.addAll(batch);
      for (int i = 0; i < batch.itemIds().length; i++) {
        updates[Integer.parseInt(batch.itemIds()[i].substring(1))] -= batch.updates()[i];
      }
    }
    buffer.clear();
    assertThat(buffer.isEmpty()).isTrue();
  }

  @Test
  void sharesSplitABatchWithoutLossOrRepeat() {
    ItemReplica replica = new ItemReplica(CONFIG);
    ItemDeltaBuffer whole = new ItemDeltaBuffer(replica);
    for (int i = 0; i < 300; i++) {
      whole.addFactors(replica.admit("i" + i), new float[] {i, 0, 0, 1}, 0);
    }
    whole.rate(12, 3);
    ItemDeltas batch = whole.copy(1, 2, 1000).get(0);
    List<String> ids = new ArrayList<>();
    double ratings = 0;
    for (int share = 0; share < 3; share++) {
      ItemDeltaBuffer part = new ItemDeltaBuffer(replica);
      part.addShare(batch, share, 3);
      assertThat(part.size()).isBetween(60, 140);
      for (ItemDeltas copy : part.copy(1, 2, 1000)) {
        ids.addAll(Arrays.asList(copy.itemIds()));
        ratings += copy.ratingSum();
      }
    }
    assertThat(ids).doesNotHaveDuplicates().hasSize(300);
    assertThat(ratings).isEqualTo(12);
  }

  @Test
  void deltasOfAnotherShapeAreRefused() {
    ItemReplica replica = new ItemReplica(CONFIG);
    ItemDeltas deltas =
        new ItemDeltas(1, 2, new String[] {"a"}, new float[6], new long[1], new double[1], 0, 0);
    assertThatThrownBy(() -> replica.addAll(deltas))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("factors must be what the deltas were written with, 5, got 3");
  }

  @Test
  void idsWithOneHashAreToldApart() {
    IdIndex index = new IdIndex();
    index.put(42, 1);
    index.put(42, 2);
    assertThat(index.find(42, slot -> slot == 1)).isEqualTo(1);
    assertThat(index.find(42, slot -> slot == 2)).isEqualTo(2);
    assertThat(index.find(42, slot -> slot == 3)).isEqualTo(-1);
  }

  @Test
  void ratingMeanIsThatOfAllRatings() {
    RatingMean mean = new RatingMean();
    assertThat(mean.get()).isZero();
    mean.add(4, 1);
    mean.add(5, 2);
    assertThat(mean.get()).isEqualTo(3f);
  }

  private static ItemMetadata metadata(String id, long at) {
    return new ItemMetadata(id, Attributes.NONE, Features.NONE, at);
  }

  private static float[] row(ItemReplica replica, int slot) {
    int from = replica.offset(slot);
    return Arrays.copyOfRange(replica.factors(slot), from, from + 3);
  }
}
