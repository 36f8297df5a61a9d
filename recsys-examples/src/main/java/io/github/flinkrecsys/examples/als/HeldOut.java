/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.als;

import io.github.flinkrecsys.core.als.InteractionMatrix;
import io.github.flinkrecsys.examples.InputException;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The test pairs, by the users of the training.
 *
 * @param wanted per user of the training, indices of its test items, distinct and ascending; an
 *     item that the training does not know is -1 minus its number among those, so that it counts as
 *     a miss
 * @param unknownUsers users whom the training does not know and who are left out
 */
public record HeldOut(int[][] wanted, int unknownUsers) {

  /**
   * Reads the test pairs.
   *
   * @param option that names the file, for messages
   * @param file of pairs by user
   * @param train pairs of the training
   * @return the test pairs
   * @throws InputException if the file cannot be used
   */
  public static HeldOut read(String option, Path file, InteractionMatrix train)
      throws InputException {
    InteractionMatrix.Builder pairs = InteractionMatrix.builder();
    PairsByUserFile.read(option, file, pairs::add);
    InteractionMatrix test = pairs.build();
    Object2IntOpenHashMap<String> userIndex = indices(train.userIds());
    Object2IntOpenHashMap<String> itemIndex = indices(train.itemIds());
    int[][] wanted = new int[train.userIds().size()][0];
    int unknownUsers = 0;
    for (int u = 0; u < test.userIds().size(); u++) {
      int user = userIndex.getInt(test.userIds().get(u));
      if (user < 0) {
        unknownUsers++;
        continue;
      }
      wanted[user] =
          Arrays.stream(test.itemsOf(u))
              .map(
                  i -> {
                    int item = itemIndex.getInt(test.itemIds().get(i));
                    return item < 0 ? -1 - i : item;
                  })
              .sorted()
              .toArray();
    }
    return new HeldOut(wanted, unknownUsers);
  }

  private static Object2IntOpenHashMap<String> indices(List<String> ids) {
    Object2IntOpenHashMap<String> indices = new Object2IntOpenHashMap<>(ids.size());
    indices.defaultReturnValue(-1);
    for (int i = 0; i < ids.size(); i++) {
      indices.put(ids.get(i), i);
    }
    return indices;
  }
}
