/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

import io.github.flinkrecsys.core.als.PrincipalAxes;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Turns standing rows to their principal axes and sends each to the blocks that need it. The rows
 * themselves go on as a side output.
 */
final class TurnFunction extends BroadcastProcessFunction<AlsRow, StandingAxes, BlockInput> {
  static final MapStateDescriptor<Integer, StandingAxes> AXES =
      new MapStateDescriptor<>("als-axes", Types.INT, TypeInformation.of(StandingAxes.class));

  static final OutputTag<AlsRow> ROWS =
      new OutputTag<>("recsys-als-rows", TypeInformation.of(AlsRow.class));

  private static final long serialVersionUID = 1L;
  private static final int ONLY = 0;

  private final boolean last;

  /** A row keeps its vector only in its last half sweep: otherwise it is to be solved anew. */
  TurnFunction(boolean last) {
    this.last = last;
  }

  @Override
  public void processBroadcastElement(StandingAxes axes, Context ctx, Collector<BlockInput> out)
      throws Exception {
    BroadcastState<Integer, StandingAxes> state = ctx.getBroadcastState(AXES);
    state.put(ONLY, axes);
  }

  @Override
  public void processElement(AlsRow row, ReadOnlyContext ctx, Collector<BlockInput> out)
      throws Exception {
    StandingAxes axes = ctx.getBroadcastState(AXES).get(ONLY);
    if (axes == null) {
      throw new IllegalStateException(
          "execution.runtime-mode must be BATCH, got rows before their axes");
    }
    float[] turned = new PrincipalAxes(axes.gramian(), axes.turn()).turned(row.vector());
    for (long target : row.targets()) {
      BlockRow standing = new BlockRow(BlockRow.place(row.block(), (int) target), turned);
      out.collect(BlockInput.of(BlockRow.block(target), standing));
    }
    double weight = row.weight() * axes.rows() / axes.weights();
    ctx.output(ROWS, row.with(weight, last ? turned : AlsRow.NO_VECTOR));
  }
}
