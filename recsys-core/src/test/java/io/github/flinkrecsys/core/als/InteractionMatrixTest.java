/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InteractionMatrixTest {

  @Test
  void idsAreNumberedAsTheyComeAndPairsCountOnce() {
    InteractionMatrix matrix =
        InteractionMatrix.builder()
            .add("b", "y")
            .add("a", "x")
            .add("b", "z")
            .add("b", "y")
            .add("b", "x")
            .build();
    assertThat(matrix.userIds()).containsExactly("b", "a");
    assertThat(matrix.itemIds()).containsExactly("y", "x", "z");
    assertThat(matrix.pairs()).isEqualTo(4);
    assertThat(matrix.itemsOf(0)).containsExactly(0, 1, 2);
    assertThat(matrix.itemsOf(1)).containsExactly(1);
  }

  @Test
  void transposingTellsTheSamePairs() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      InteractionMatrix.Builder builder = InteractionMatrix.builder();
      TreeSet<String> expected = new TreeSet<>();
      for (int n = random.nextInt(200); n > 0; n--) {
        int user = random.nextInt(20);
        int item = random.nextInt(30);
        builder.add("u" + user, "i" + item);
        expected.add("u" + user + " i" + item);
      }
      InteractionMatrix matrix = builder.build();
      SparseRows byItem = matrix.byUser().transposed(matrix.itemIds().size());
      TreeSet<String> found = new TreeSet<>();
      for (int i = 0; i < byItem.rowCount(); i++) {
        int[] users = byItem.copyOfRow(i);
        assertThat(users).as("seed %d", seed).isSorted();
        for (int u : users) {
          found.add(matrix.userIds().get(u) + " " + matrix.itemIds().get(i));
        }
      }
      assertThat(found).as("seed %d", seed).isEqualTo(expected);
      assertThat(byItem.size()).as("seed %d", seed).isEqualTo(expected.size());
    }
  }

  @Test
  void refusesBlankIds() {
    assertThatThrownBy(() -> InteractionMatrix.builder().add("", "i"))
        .hasMessage("userId must be a non-blank string, got ");
    assertThatThrownBy(() -> InteractionMatrix.builder().add("u", null))
        .hasMessage("itemId must be a non-blank string, got null");
  }
}
