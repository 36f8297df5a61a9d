/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VersionHistoryTest {
  private record Version(long time, String text) {}

  @Test
  void answersAsAWholeHistoryFromTheEarliestTimeOn() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      VersionHistory<Version> history = new VersionHistory<>(Version::time, 100);
      TreeMap<Long, Version> all = new TreeMap<>();
      long earliest = 0;
      for (int i = 0; i < 30; i++) {
        Version version = new Version(random.nextInt(40), "v" + random.nextInt(9));
        earliest += random.nextInt(2);
        assertThat(history.add(version, earliest)).isTrue();
        all.merge(version.time(), version, (a, b) -> a.text().compareTo(b.text()) > 0 ? a : b);
        for (long time = earliest; time < 45; time++) {
          var expected = all.floorEntry(time);
          assertThat(history.asOf(time))
              .as("seed %d, time %d", seed, time)
              .isEqualTo(expected == null ? null : expected.getValue());
        }
        long before = earliest;
        assertThat(history.versions().stream().filter(kept -> kept.time() <= before).count())
            .as("seed %d", seed)
            .isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void keepsTheNewestWhenThereAreTooManyAndSaysSo() {
    VersionHistory<Version> history = new VersionHistory<>(Version::time, 2);
    assertThat(history.add(new Version(3, "c"), 0)).isTrue();
    assertThat(history.add(new Version(2, "b"), 0)).isTrue();
    assertThat(history.add(new Version(1, "a"), 0)).isFalse();
    assertThat(history.add(new Version(4, "d"), 0)).isFalse();
    assertThat(history.versions()).extracting(Version::time).containsExactly(3L, 4L);
    assertThat(history.asOf(2)).isNull();
  }

  @Test
  void whatIsObsoleteIsNotTooMany() {
    VersionHistory<Version> history = new VersionHistory<>(Version::time, 2);
    history.add(new Version(1, "a"), 0);
    history.add(new Version(2, "b"), 0);
    assertThat(history.add(new Version(3, "c"), 2)).isTrue();
    assertThat(history.versions()).extracting(Version::time).containsExactly(2L, 3L);
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatThrownBy(() -> new VersionHistory<>(Version::time, 0))
        .hasMessage("maxVersions must be positive, got 0");
  }
}
