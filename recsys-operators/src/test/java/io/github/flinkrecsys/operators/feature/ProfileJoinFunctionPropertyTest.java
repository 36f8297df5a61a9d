/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import static io.github.flinkrecsys.operators.feature.ProfileJoinFunctionTest.click;
import static io.github.flinkrecsys.operators.feature.ProfileJoinFunctionTest.profile;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.feature.ProfileJoinConfig;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the join with a look-up in the whole history, on random streams with a restore. */
class ProfileJoinFunctionPropertyTest {
  private static final ProfileJoinConfig CONFIG =
      ProfileJoinConfig.builder().maxWait(Duration.ofMillis(7)).maxVersions(50).build();

  @ParameterizedTest
  @CsvSource({"hashmap, 300", "rocksdb, 5"})
  void arrivalOrderDoesNotChangeWhatIsJoined(String backend, int seeds) throws Exception {
    for (long seed = 0; seed < seeds; seed++) {
      Random random = new Random(seed);
      List<Object> records = records(random);
      List<EnrichedInteraction> expected = lookedUp(records);
      List<EnrichedInteraction> actual = new ArrayList<>();
      var join = join(backend).open();
      int restoreAt = random.nextInt(records.size());
      long watermark = -1;
      while (!records.isEmpty()) {
        if (records.size() == restoreAt) {
          actual.addAll(join.output());
          var snapshot = join.snapshot();
          join.close();
          join = join(backend).restore(snapshot);
          join.watermark(watermark);
        }
        Object next = records.remove(random.nextInt(records.size()));
        if (next instanceof UserProfile profile) {
          join.send2(profile);
        } else {
          join.send1((EnrichedInteraction) next);
        }
        long oldest = records.stream().mapToLong(r -> time(r)).min().orElse(1_000);
        watermark = Math.max(watermark, oldest - 1 - random.nextInt(5));
        join.watermark(watermark);
      }
      actual.addAll(join.output());
      assertThat(actual).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
      join.close();
    }
  }

  private static List<Object> records(Random random) {
    List<Object> records = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String user = "u" + random.nextInt(3);
      long time = random.nextInt(60);
      records.add(random.nextInt(3) == 0 ? profile(user, "country" + i, time) : click(user, time));
    }
    Collections.shuffle(records, random);
    return records;
  }

  private static List<EnrichedInteraction> lookedUp(List<Object> records) {
    Map<String, TreeMap<Long, UserProfile>> history = new TreeMap<>();
    for (Object record : records) {
      if (record instanceof UserProfile profile) {
        history
            .computeIfAbsent(profile.userId(), user -> new TreeMap<>())
            .merge(
                profile.timestampMillis(),
                profile,
                (a, b) -> a.toString().compareTo(b.toString()) > 0 ? a : b);
      }
    }
    List<EnrichedInteraction> joined = new ArrayList<>();
    for (Object record : records) {
      if (record instanceof EnrichedInteraction event) {
        var versions = history.getOrDefault(FeatureKeys.user(event), new TreeMap<>());
        var version = versions.floorEntry(time(event));
        joined.add(event.withUser(version == null ? null : version.getValue()));
      }
    }
    return joined;
  }

  private static long time(Object record) {
    return record instanceof UserProfile profile
        ? profile.timestampMillis()
        : ((EnrichedInteraction) record).interaction().timestampMillis();
  }

  private static Harnesses.Connected<EnrichedInteraction, UserProfile, EnrichedInteraction> join(
      String backend) throws Exception {
    return Harnesses.connected(
        ProfileJoinFunction.users(CONFIG),
        FeatureKeys::user,
        UserProfile::userId,
        backend,
        Slot.alone());
  }
}
