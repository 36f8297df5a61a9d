/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import static io.github.flinkrecsys.operators.feature.ImpressionJoinFunctionTest.click;
import static io.github.flinkrecsys.operators.feature.ImpressionJoinFunctionTest.example;
import static io.github.flinkrecsys.operators.feature.ImpressionJoinFunctionTest.shown;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.feature.ImpressionJoinConfig;
import io.github.flinkrecsys.core.feature.TrainingExample;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.java.functions.KeySelector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares examples with a loop over all records in time order, on random streams. */
class ImpressionJoinFunctionPropertyTest {
  private static final int WAIT = 12;

  @ParameterizedTest
  @CsvSource({"hashmap, 200", "rocksdb, 3"})
  void everyImpressionGivesOneExampleInWhateverOrderRecordsArrive(String backend, int seeds)
      throws Exception {
    for (long seed = 0; seed < seeds; seed++) {
      List<TrainingExample> expected = expected(records(seed));
      assertThat(joined(seed, backend, Impression::userId, Interaction::userId))
          .as("seed %d, by user", seed)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(
              joined(
                  seed,
                  backend,
                  shown -> FeatureKeys.pair(shown.userId(), shown.itemId()),
                  event -> FeatureKeys.pair(event.userId(), event.itemId())))
          .as("seed %d, by pair", seed)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static List<TrainingExample> joined(
      long seed,
      String backend,
      KeySelector<Impression, String> key1,
      KeySelector<Interaction, String> key2)
      throws Exception {
    Random random = new Random(~seed);
    List<Object> records = records(seed);
    List<TrainingExample> examples = new ArrayList<>();
    var join = join(backend, key1, key2).open();
    int restoreAt = random.nextInt(records.size());
    long watermark = -1;
    while (!records.isEmpty()) {
      if (records.size() == restoreAt) {
        examples.addAll(join.output());
        var snapshot = join.snapshot();
        join.close();
        join = join(backend, key1, key2).restore(snapshot);
        join.watermark(watermark);
      }
      Object next = records.remove(random.nextInt(records.size()));
      if (next instanceof Impression impression) {
        join.send1(impression);
      } else {
        join.send2((Interaction) next);
      }
      long oldest = records.stream().mapToLong(r -> time(r)).min().orElse(1_000);
      watermark = Math.max(watermark, oldest - 1 - random.nextInt(5));
      join.watermark(watermark);
    }
    join.watermark(1_000);
    assertThat(join.stateEntries() + join.timers()).as("seed %d", seed).isZero();
    examples.addAll(join.output());
    join.close();
    return examples;
  }

  /** Impressions of one pair have different times, so that there is one answer. */
  private static List<Object> records(long seed) {
    Random random = new Random(seed);
    TreeMap<String, Object> records = new TreeMap<>();
    for (int i = 0; i < 40; i++) {
      String user = "u" + random.nextInt(2);
      String item = "i" + random.nextInt(3);
      int time = random.nextInt(50);
      boolean isClick = random.nextInt(3) == 0;
      records.put(
          user + item + time + isClick,
          isClick ? click(user, item, time) : shown(user, item, time));
    }
    return new ArrayList<>(records.values());
  }

  private static List<TrainingExample> expected(List<Object> records) {
    List<TrainingExample> examples = new ArrayList<>();
    for (Object record : records) {
      if (record instanceof Impression shown) {
        long next = Long.MAX_VALUE;
        long clicked = Long.MAX_VALUE;
        for (Object other : records) {
          long time = time(other);
          if (other instanceof Impression later && pair(later).equals(pair(shown))) {
            next = time > shown.timestampMillis() ? Math.min(next, time) : next;
          }
        }
        for (Object other : records) {
          long time = time(other);
          if (other instanceof Interaction event
              && FeatureKeys.pair(event.userId(), event.itemId()).equals(pair(shown))
              && time >= shown.timestampMillis()
              && time < next
              && time <= shown.timestampMillis() + WAIT) {
            clicked = Math.min(clicked, time);
          }
        }
        boolean isClicked = clicked != Long.MAX_VALUE;
        examples.add(
            example(
                shown.userId(),
                shown.itemId(),
                shown.timestampMillis(),
                isClicked ? 1 : 0,
                isClicked ? clicked : -1));
      }
    }
    return examples;
  }

  private static String pair(Impression shown) {
    return FeatureKeys.pair(shown.userId(), shown.itemId());
  }

  private static long time(Object record) {
    return record instanceof Impression shown
        ? shown.timestampMillis()
        : ((Interaction) record).timestampMillis();
  }

  private static Harnesses.Connected<Impression, Interaction, TrainingExample> join(
      String backend, KeySelector<Impression, String> key1, KeySelector<Interaction, String> key2)
      throws Exception {
    ImpressionJoinConfig config =
        ImpressionJoinConfig.builder().waiting(Duration.ofMillis(WAIT)).build();
    return Harnesses.connected(
        new ImpressionJoinFunction(config), key1, key2, backend, Slot.alone());
  }
}
