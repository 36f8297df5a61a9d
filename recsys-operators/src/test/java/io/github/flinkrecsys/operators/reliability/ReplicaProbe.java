/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.operators.replica.ReplicaSettings;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Writes to the journal what the replica of its task manager holds in the end.
 *
 * <p>A task ends only when those behind it have taken all that it sent. The input of this one is
 * broadcast, so it ends after every ranking subtask, and then the replica has taken all deltas. A
 * probe chained to a ranking subtask would end with that one, and miss what another has just sent.
 */
final class ReplicaProbe extends ProcessFunction<RecommendationList, Integer> {
  static final String STREAM = "replica";

  private static final long serialVersionUID = 1L;

  private final FaultPlan plan;
  private final int life;
  private final ReplicaSettings settings;
  private transient SharedReplica.Lease replica;
  private transient QuietReader reader;

  ReplicaProbe(FaultPlan plan, int life, ReplicaSettings settings) {
    this.plan = plan;
    this.life = life;
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    replica = SharedReplica.openReader(settings, getRuntimeContext(), "probe");
    reader =
        QuietReader.start(plan, life, getRuntimeContext().getTaskInfo(), "replica", this::rows);
  }

  private Map<String, String> rows() {
    ItemReplica items = replica.items();
    Map<String, String> rows = new HashMap<>();
    for (int slot = 0; slot < items.size(); slot++) {
      float[] row = new float[settings.items().factors()];
      System.arraycopy(items.factors(slot), items.offset(slot), row, 0, row.length);
      // Without decay the stored form is the logarithm of the count.
      long count = Math.round(Math.pow(2, items.popularity(slot)));
      rows.put(items.id(slot), TestShop.rowText(count, row, items.bias(slot)));
    }
    return rows;
  }

  @Override
  public void processElement(RecommendationList list, Context context, Collector<Integer> out) {}

  @Override
  public void close() throws Exception {
    if (replica == null) {
      return;
    }
    if (reader != null) {
      reader.close();
    }
    try {
      write(STREAM, rows());
      write(SideModels.STREAM, SideModels.rows(replica.models()));
    } finally {
      replica.close();
    }
  }

  private void write(String stream, Map<String, String> rows) throws IOException {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    try (OutputStream out = Journal.open(Path.of(plan.directory()), stream, life, task)) {
      for (Map.Entry<String, String> row : rows.entrySet()) {
        Journal.write(out, task.getIndexOfThisSubtask() + " " + row.getKey(), row.getValue());
      }
    }
  }
}
