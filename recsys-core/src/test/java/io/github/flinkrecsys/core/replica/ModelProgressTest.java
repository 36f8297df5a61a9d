/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelProgressTest {
  private final ModelProgress progress = new ModelProgress();

  @Test
  void aModelIsLoadedOnceAllItsItemsAreThere() {
    assertThat(progress.loadedVersion()).isZero();
    progress.add(new ModelItems(7, 3, 2));
    assertThat(progress.loadedVersion()).isZero();
    progress.add(new ModelItems(7, 3, 1));
    assertThat(progress.loadedVersion()).isEqualTo(7);
  }

  @Test
  void aModelThatIsOnItsWayDoesNotHideTheOneThatIsThere() {
    progress.add(new ModelItems(1, 1, 1));
    progress.add(new ModelItems(2, 2, 1));
    assertThat(progress.loadedVersion()).isEqualTo(1);
    progress.add(new ModelItems(2, 2, 1));
    assertThat(progress.loadedVersion()).isEqualTo(2);
  }

  @Test
  void anOlderModelNeverComesBack() {
    progress.add(new ModelItems(1, 2, 1));
    progress.add(new ModelItems(2, 1, 1));
    progress.add(new ModelItems(1, 2, 1));
    assertThat(progress.loadedVersion()).isEqualTo(2);
    assertThat(progress.copy()).containsExactly(new ModelItems(2, 1, 1));
  }

  @Test
  void theCopiesOfSeveralSharesAddUpToTheWhole() {
    ModelProgress other = new ModelProgress();
    progress.add(new ModelItems(3, 5, 4));
    other.add(new ModelItems(3, 5, 1));
    ModelProgress sum = new ModelProgress();
    progress.copy().forEach(sum::add);
    assertThat(sum.loadedVersion()).isZero();
    other.copy().forEach(sum::add);
    assertThat(sum.loadedVersion()).isEqualTo(3);
  }

  @Test
  void modelsThatNeverBecomeWholeAreForgotten() {
    for (int version = 1; version <= 100; version++) {
      progress.add(new ModelItems(version, 10, 1));
    }
    assertThat(progress.copy())
        .hasSize(ModelProgress.MAX_MODELS)
        .contains(new ModelItems(100, 10, 1))
        .doesNotContain(new ModelItems(1, 10, 1));
  }
}
