/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import io.github.flinkrecsys.operators.factorization.ItemFactor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Shows what the owners of the items hold while the job runs: the newest row of each item, which is
 * state and rolled back with the rest.
 */
final class OwnersNow extends ProcessFunction<ItemFactor, Integer> implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final FaultPlan plan;
  private final int life;
  private transient Map<String, String> rows;
  private transient ListState<String> state;
  private transient QuietReader reader;

  private OwnersNow(FaultPlan plan, int life) {
    this.plan = plan;
    this.life = life;
  }

  static void add(DataStream<ItemFactor> factors, FaultPlan plan, int life) {
    factors
        .keyBy(factor -> factor.itemId())
        .process(new OwnersNow(plan, life))
        .name("owners-now")
        .uid("owners-now");
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("rows", Types.STRING));
    rows = new ConcurrentHashMap<>();
    TaskInfo task = getRuntimeContext().getTaskInfo();
    for (String row : state.get()) {
      String[] parts = row.split("\t");
      int owner =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              parts[0], task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
      if (owner == task.getIndexOfThisSubtask()) {
        rows.put(parts[0], parts[1]);
      }
    }
  }

  @Override
  public void open(OpenContext context) {
    reader = QuietReader.start(plan, life, getRuntimeContext().getTaskInfo(), "owners", () -> rows);
  }

  @Override
  public void processElement(ItemFactor factor, Context context, Collector<Integer> out) {
    rows.put(factor.itemId(), TestShop.rowText(factor.updates(), factor.factors(), factor.bias()));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.clear();
    for (Map.Entry<String, String> row : rows.entrySet()) {
      state.add(row.getKey() + "\t" + row.getValue());
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
