/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import io.github.flinkrecsys.core.util.Hashes;

/**
 * Walks that stand at the same node and have come the same way.
 *
 * @param origin where they are from
 * @param node hash of the node where they stand
 * @param previous hash of the item they came from
 * @param path hash of where they are from and of all nodes they have come past; where the random
 *     numbers of their next step begin, so that walks that went different ways stay independent
 * @param step how many steps, from item to user to item, they have done
 * @param count how many they are, positive
 */
public record Walkers(WalkOrigin origin, long node, long previous, long path, int step, int count) {
  /** Walks that stand at an item where they begin. */
  static Walkers at(WalkOrigin origin, int count) {
    long item = Hashes.hash(origin.queryId());
    long path = Hashes.mix(item + Hashes.mix(origin.user() + Hashes.mix(origin.atMillis())));
    return new Walkers(origin, item, item, path, 0, count);
  }

  /** Those of the walks that go on to a user. */
  Walkers toUser(long user, int going) {
    return new Walkers(origin, user, node, Hashes.mix(path + user), step, going);
  }

  /** Those of the walks that have gone on to an item, which ends a step. */
  Walkers toItem(long item, int going) {
    return new Walkers(origin, item, item, Hashes.mix(path + item), step + 1, going);
  }
}
