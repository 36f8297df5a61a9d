/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.inference.model.ModelRole;
import io.github.flinkrecsys.inference.model.SharedModels;
import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import io.github.flinkrecsys.inference.testing.ModelSubtask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control stream changes the versions of a source that is in use; what is refused does not. */
class SequenceModelFunctionTest {
  @TempDir Path folder;
  private SequenceFiles files;
  private SequenceModelConfig config;

  /** Model 1 has c follow a. */
  @BeforeEach
  void write() throws Exception {
    files = new SequenceFiles(folder);
    config = SequenceFiles.config(files.afterA(1, 0, 1, 9, 0), 2);
  }

  /** Model 2 knows the items in another order and has b follow a. */
  private SequenceModelChange second() throws Exception {
    return files.write(2, "c\nb\na\n", 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 9, 0);
  }

  private SequenceModelChange third() throws Exception {
    return files.afterA(3, 0, 0, 0, 9);
  }

  @AfterEach
  void allModelsAreFreed() {
    assertThat(SharedModels.inUse()).isZero();
  }

  @Test
  void aNewerVersionServesFromTheNextListOnAndTheOldOneIsFreed() throws Exception {
    try (var control = subtask(1, 0).open();
        var shop = new SequenceShop(config)) {
      assertThat(shop.next()).isEqualTo("c");

      control.send(SequenceFiles.serve(second()));
      assertThat(shop.next()).isEqualTo("b");
      assertThat(SharedModels.inUse()).isEqualTo(1);
      assertThat(control.statuses())
          .containsExactly(new ModelStatus(2, second().path(), ModelRole.SERVE, true, "", 0));
      assertThat(control.metrics().counter("modelChanges")).isEqualTo(1);
      assertThat(shop.failures()).isZero();
    }
  }

  @Test
  void aVersionThatIsRefusedLeavesTheOldOne() throws Exception {
    SequenceModelChange good = SequenceFiles.serve(second());
    String items = good.vocabularyPath();
    String gone = files.path("gone.onnx").toString();
    String two = Files.writeString(files.path("two.txt"), "a\nb\n").toString();
    try (var control = subtask(1, 0).open();
        var shop = new SequenceShop(config)) {
      control.send(
          null,
          new SequenceModelChange(2, good.path(), items, null, 1),
          config.serving(),
          SequenceModelChange.serve(2, " ", items),
          SequenceModelChange.serve(2, good.path(), null),
          SequenceModelChange.serve(2, gone, items),
          SequenceModelChange.serve(2, good.path(), two));
      assertThat(control.problems())
          .containsExactly(
              "role must be given, got null",
              "role must be given, got null",
              "version must be higher than 1, got 1",
              "path must be a non-blank string, got  ",
              "vocabularyPath must be a non-blank string, got null",
              "model " + gone + " (version 2) does not exist",
              "model "
                  + good.path()
                  + " (version 2) output scores must have the shape [batch, 2], has [free, 3]");
      assertThat(control.metrics().counter("refusedModels")).isEqualTo(7);
      assertThat(shop.next()).isEqualTo("c");
      assertThat(SharedModels.inUse()).isEqualTo(1);

      control.send(good);
      assertThat(shop.next()).isEqualTo("b");
    }
  }

  @Test
  void aRoleThatIsRefusedLeavesAllRolesAsTheyWere() throws Exception {
    SequenceModelChange second = second();
    SequenceModelChange third = third();
    SequenceModelChange fourth = files.afterA(4, 9, 0, 0, 0);
    String other = files.path("other").toString();
    try (var control = subtask(1, 0).open();
        var shop = new SequenceShop(config)) {
      control.send(SequenceFiles.split(second, 0.5), SequenceFiles.shadow(third));
      Map<String, String> before = nextOfUsers(shop);
      control.send(
          SequenceModelChange.split(2, other, second.vocabularyPath(), 0.5),
          SequenceModelChange.split(2, second.path(), other, 0.5),
          SequenceFiles.split(second, 1.5),
          SequenceFiles.split(third, 0.6),
          SequenceFiles.shadow(config.serving()),
          SequenceModelChange.retire(1),
          SequenceModelChange.retire(4),
          SequenceFiles.shadow(fourth));
      assertThat(control.problems().subList(2, 10))
          .containsExactly(
              "path of version 2 must be " + second.path(),
              "vocabularyPath of version 2 must be " + second.vocabularyPath(),
              "share must be in (0.0, 1.0], got 1.5",
              "shares must be at most 1 together, got 1.1",
              "version must be another than the one that serves",
              "version must be in use beside the one that serves",
              "version must be in use beside the one that serves",
              "versions must be at most 3 at a time: retire one first");
      assertThat(nextOfUsers(shop)).isEqualTo(before);
      assertThat(before.values()).contains("b", "c").doesNotContain("a", "d", "");
      assertThat(SharedModels.inUse()).isEqualTo(3);
    }
  }

  @Test
  void aRestoredJobHasAllVersionsOfTheCheckpointWithAnyParallelism() throws Exception {
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[2];
    Map<String, String> before;
    try (var first = subtask(2, 0).open();
        var other = subtask(2, 1).open();
        var shop = new SequenceShop(config)) {
      for (var each : new SequenceSubtask[] {first, other}) {
        each.send(
            SequenceFiles.serve(second()),
            SequenceFiles.split(third(), 0.5),
            SequenceFiles.shadow(files.afterA(4, 9, 0, 0, 0)));
      }
      snapshots[0] = first.snapshot();
      snapshots[1] = other.snapshot();
      before = nextOfUsers(shop);
      assertThat(before.values()).contains("b", "d").doesNotContain("a", "c", "");
    }
    for (int parallelism = 1; parallelism <= 3; parallelism++) {
      for (int subtask = 0; subtask < parallelism; subtask++) {
        try (var shop = new SequenceShop(config);
            var after = subtask(parallelism, subtask)) {
          assertThat(shop.next()).isEqualTo("c");
          after.restore(ModelSubtask.rescaled(parallelism, subtask, snapshots));
          assertThat(nextOfUsers(shop)).isEqualTo(before);
          assertThat(after.metrics().counter("shadowRecords of 4")).isEqualTo(before.size());
          assertThat(after.metrics().counter("refusedModels")).isZero();
          assertThat(after.statuses()).isEmpty();
        }
      }
    }
  }

  /** One subtask could not load the newest; after a restore all follow those that could. */
  @Test
  void subtasksThatDifferedAgreeAfterARestore() throws Exception {
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[2];
    try (var behind = subtask(2, 0).open();
        var newest = subtask(2, 1).open()) {
      behind.send(SequenceFiles.shadow(second()), SequenceFiles.split(third(), 0.5));
      newest.send(SequenceFiles.serve(second()), SequenceFiles.split(third(), 0.5));
      snapshots[0] = behind.snapshot();
      snapshots[1] = newest.snapshot();
    }
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var shop = new SequenceShop(config);
          var after = subtask(2, subtask).restore(ModelSubtask.rescaled(2, subtask, snapshots))) {
        assertThat(nextOfUsers(shop).values()).contains("b", "d").doesNotContain("a", "c", "");
        assertThat(after.metrics().counter("refusedModels")).isZero();
        assertThat(SharedModels.inUse()).isEqualTo(2);
      }
    }
  }

  @Test
  void whatCannotBeLoadedAnyMoreIsRefusedAndTheRestIsInUse() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = subtask(1, 0).open()) {
      before.send(
          SequenceFiles.serve(second()),
          SequenceFiles.split(third(), 0.5),
          SequenceFiles.shadow(files.afterA(4, 9, 0, 0, 0)));
      snapshot = before.snapshot();
    }
    Files.delete(files.path("2.onnx"));
    Files.delete(files.path("4.txt"));
    try (var after = subtask(1, 0).restore(snapshot);
        var shop = new SequenceShop(config)) {
      assertThat(after.metrics().counter("refusedModels")).isEqualTo(2);
      assertThat(nextOfUsers(shop).values()).contains("c", "d").doesNotContain("a", "b", "");
      assertThat(SharedModels.inUse()).isEqualTo(2);
    }
    Files.delete(files.path("1.onnx"));
    try (var after = subtask(1, 0)) {
      assertThatThrownBy(() -> after.restore(snapshot))
          .hasMessageContaining("1.onnx (version 1) does not exist");
    }
  }

  /** A config of a higher version than the checkpoint's is what the user wants now. */
  @Test
  void aNewerConfigWinsOverTheCheckpoint() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = subtask(1, 0).open()) {
      before.send(SequenceFiles.serve(second()), SequenceFiles.shadow(third()));
      snapshot = before.snapshot();
    }
    config = SequenceFiles.config(third(), 2);
    try (var after = subtask(1, 0).restore(snapshot);
        var shop = new SequenceShop(config)) {
      assertThat(shop.next()).isEqualTo("d");
      assertThat(after.metrics().counter("refusedModels")).isZero();
      assertThat(SharedModels.inUse()).isEqualTo(1);
    }
  }

  private SequenceSubtask subtask(int parallelism, int subtask) throws Exception {
    return new SequenceSubtask(config, parallelism, subtask);
  }

  private static Map<String, String> nextOfUsers(SequenceShop shop) {
    Map<String, String> next = new TreeMap<>();
    for (int n = 0; n < 100; n++) {
      next.put("user" + n, shop.next("user" + n));
    }
    return next;
  }
}
