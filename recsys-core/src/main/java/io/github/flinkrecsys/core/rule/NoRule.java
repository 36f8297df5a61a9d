/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.rule;

import io.github.flinkrecsys.core.event.ItemMetadata;

/** Lets every item pass; an enum, so that it is known as such after it was shipped. */
enum NoRule implements ItemRule {
  ANY;

  @Override
  public boolean allows(ItemMetadata metadata) {
    return true;
  }
}
