/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.util.Hashes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roles, and that each hold is closed once, when its version is no longer in use. */
class ActiveVersionsTest {
  private record Change(long version, String path, ModelRole role, double share)
      implements VersionChange {}

  /** Says when it is closed, and is one thing of its own. */
  private final class Hold implements ModelHold {
    private final long version;

    Hold(long version) {
      this.version = version;
      opened++;
    }

    @Override
    public void close() {
      closed.add(version);
    }
  }

  private final ActiveVersions<Change, Hold> versions = new ActiveVersions<>(3);
  private final List<Long> closed = new ArrayList<>();
  private int opened;

  @BeforeEach
  void serveFirst() {
    apply(1, ModelRole.SERVE, 1);
  }

  @AfterEach
  void everyHoldIsClosedOnce() {
    versions.close();
    versions.close();
    assertThat(closed).hasSize(opened);
  }

  @Test
  void aVersionThatServesTakesThePlaceOfTheOneBefore() {
    apply(2, ModelRole.SHADOW, 0);
    assertThat(serving("u")).isEqualTo(1);
    apply(2, ModelRole.SERVE, 1);
    assertThat(closed).containsExactly(1L, 2L);
    assertThat(serving("u")).isEqualTo(2);
    assertThat(versions.shadows()).isEmpty();
    assertThat(versions.changes()).extracting(Change::version).containsExactly(2L);
  }

  @Test
  void aRoleMayChangeWithTheHoldThatThereIs() {
    apply(2, ModelRole.SHADOW, 0);
    Hold hold = versions.hold(2);
    versions.apply(new Change(2, "2", ModelRole.SPLIT, 1), hold);
    assertThat(closed).isEmpty();
    assertThat(versions.serving(Hashes.hash("u"))).isSameAs(hold);
    assertThat(versions.change(2).role()).isEqualTo(ModelRole.SPLIT);
    apply(2, ModelRole.RETIRE, 0);
    assertThat(closed).containsExactly(2L);
    assertThat(versions.hold(2)).isNull();
    assertThat(versions.change(2)).isNull();
  }

  @Test
  void splitsTakeTheirSharesInTheOrderOfTheirVersions() {
    apply(3, ModelRole.SPLIT, 0.5);
    apply(2, ModelRole.SPLIT, 0.2);
    for (int n = 0; n < 1_000; n++) {
      double place = SplitPlace.of(Hashes.hash("user" + n));
      assertThat(serving("user" + n)).isEqualTo(place < 0.2 ? 2 : place < 0.7 ? 3 : 1);
    }
    assertThat(versions.serving(0).version).as("nobody in particular").isEqualTo(1);
  }

  /** Users would change sides within a test if this changed between releases. */
  @Test
  void thePlaceOfAUserNeverChanges() {
    assertThat(SplitPlace.of(Hashes.hash("user1"))).isEqualTo(0.23693461418731154);
  }

  @Test
  void tellsWhatDoesNotFit() {
    apply(2, ModelRole.SPLIT, 0.5);
    apply(3, ModelRole.SHADOW, 0);
    assertThat(versions.violation(null)).isEqualTo("role must be given, got null");
    assertThat(violation(0, "0", ModelRole.SERVE, 1)).isEqualTo("version must be positive, got 0");
    assertThat(violation(4, " ", ModelRole.SERVE, 1))
        .isEqualTo("path must be a non-blank string, got  ");
    assertThat(violation(2, "2", ModelRole.SPLIT, 0))
        .isEqualTo("share must be in (0.0, 1.0], got 0.0");
    assertThat(violation(2, "2", ModelRole.SPLIT, Double.NaN))
        .isEqualTo("share must be in (0.0, 1.0], got NaN");
    assertThat(violation(3, "3", ModelRole.SPLIT, 0.75))
        .isEqualTo("shares must be at most 1 together, got 1.25");
    assertThat(violation(2, "3", ModelRole.SPLIT, 0.1)).isEqualTo("path of version 2 must be 2");
    assertThat(violation(1, "1", ModelRole.SHADOW, 0))
        .isEqualTo("version must be another than the one that serves");
    assertThat(violation(1, "", ModelRole.RETIRE, 0))
        .isEqualTo("version must be in use beside the one that serves");
    assertThat(violation(4, "4", ModelRole.SHADOW, 0))
        .isEqualTo("versions must be at most 3 at a time: retire one first");
    assertThat(violation(4, "4", ModelRole.SERVE, 1)).isNull();
    assertThat(violation(2, "2", ModelRole.SPLIT, 1)).isNull();
  }

  private void apply(long version, ModelRole role, double share) {
    Hold hold = role == ModelRole.RETIRE ? null : new Hold(version);
    versions.apply(new Change(version, "" + version, role, share), hold);
  }

  private String violation(long version, String path, ModelRole role, double share) {
    return versions.violation(new Change(version, path, role, share));
  }

  private long serving(String user) {
    return versions.serving(Hashes.hash(user)).version;
  }
}
