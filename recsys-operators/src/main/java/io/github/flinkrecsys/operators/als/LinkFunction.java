/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.operators.event.DeadLetter;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Splits an interaction into what its user's block and what its item's block has to know. */
final class LinkFunction extends ProcessFunction<Interaction, Link> {
  static final OutputTag<Link> OF_ITEM =
      new OutputTag<>("recsys-als-item-links", TypeInformation.of(Link.class));

  private static final long serialVersionUID = 1L;

  private final String stage;
  private final int userBlocks;
  private final int itemBlocks;

  LinkFunction(String stage, int userBlocks, int itemBlocks) {
    this.stage = stage;
    this.userBlocks = userBlocks;
    this.itemBlocks = itemBlocks;
  }

  @Override
  public void processElement(Interaction pair, Context ctx, Collector<Link> out) {
    String user = pair.userId();
    String item = pair.itemId();
    if (isMissing(user) || isMissing(item)) {
      String id = isMissing(user) ? "userId" : "itemId";
      String reason = id + " must not be empty";
      ctx.output(DeadLetter.TAG, DeadLetter.of(stage, reason, pair, pair.timestampMillis()));
      return;
    }
    out.collect(new Link(Blocks.of(user, userBlocks), user, item));
    ctx.output(OF_ITEM, new Link(Blocks.of(item, itemBlocks), item, user));
  }

  private static boolean isMissing(String id) {
    return id == null || id.isBlank();
  }
}
