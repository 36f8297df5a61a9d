/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import io.github.flinkrecsys.core.util.Hashes;

/** Where a user stands when users are split among versions: the same place in every stage. */
public final class SplitPlace {
  /** So that the users of a split are not those of other samples by hash. */
  private static final long SALT = 0x5DEECE66DL;

  private SplitPlace() {}

  /**
   * Gives the place of a user.
   *
   * @param userHash {@link Hashes#hash} of the user's id
   * @return in [0, 1), always the same
   */
  public static double of(long userHash) {
    return Hashes.unit(Hashes.mix(userHash ^ SALT));
  }
}
