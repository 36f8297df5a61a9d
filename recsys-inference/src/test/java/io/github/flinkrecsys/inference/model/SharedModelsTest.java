/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.inference.testing.FullHeapFileSystem;
import io.github.flinkrecsys.inference.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

class SharedModelsTest {
  private static final ModelContract CONTRACT =
      ModelContract.of(TensorSpec.floats("score", 1), TensorSpec.floats("features", 2));

  @TempDir Path folder;

  @Test
  void aVersionIsLoadedOnceAndFreedByTheLast() throws Exception {
    Path file = TestModels.linear(1, 2).write(folder.resolve("model.onnx"));
    int before = SharedModels.inUse();
    SharedModels.Lease first = open(file, 1);
    SharedModels.Lease second = open(file, 1);
    assertThat(second.model()).isSameAs(first.model());
    assertThat(SharedModels.inUse()).isEqualTo(before + 1);
    first.close();
    first.close();
    assertThat(score(second.model())).isEqualTo(5);
    second.close();
    assertThat(SharedModels.inUse()).isEqualTo(before);
    OnnxModel freed = second.model();
    assertThatThrownBy(() -> score(freed)).hasMessageContaining("closed");
  }

  @Test
  void aSecondHoldNeedsNoFileAndOutlivesTheFirst() throws Exception {
    Path file = TestModels.linear(1, 2).write(folder.resolve("model.onnx"));
    int before = SharedModels.inUse();
    SharedModels.Lease first = open(file, 1);
    Files.delete(file);
    SharedModels.Lease second = first.again();
    first.close();
    assertThat(score(second.model())).isEqualTo(5);
    assertThat(SharedModels.inUse()).isEqualTo(before + 1);
    second.close();
    assertThat(SharedModels.inUse()).isEqualTo(before);
    assertThat(first.again()).isNull();
    assertThat(SharedModels.inUse()).isEqualTo(before);
  }

  @Test
  void anotherVersionUnderTheSamePathIsAnotherModel() throws Exception {
    Path file = TestModels.linear(1, 2).write(folder.resolve("model.onnx"));
    try (SharedModels.Lease old = open(file, 1)) {
      TestModels.linear(10, 20).write(file);
      try (SharedModels.Lease next = open(file, 2);
          SharedModels.Lease stillOld = open(file, 1)) {
        assertThat(score(old.model())).isEqualTo(5);
        assertThat(score(next.model())).isEqualTo(50);
        assertThat(score(stillOld.model())).isEqualTo(5);
      }
    }
  }

  @Test
  void aFailureIsForgottenSoThatTheNextMayTry() throws Exception {
    Path file = folder.resolve("model.onnx");
    int before = SharedModels.inUse();
    assertThatThrownBy(() -> open(file, 1)).isInstanceOf(ModelException.class);
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> open(file, 1)).isInstanceOf(ModelException.class);
    assertThat(SharedModels.inUse()).isEqualTo(before);
    TestModels.linear(1, 2).write(file);
    open(file, 1).close();
    assertThat(SharedModels.inUse()).isEqualTo(before);
  }

  /** Those who ask for a version whose loading ran out of memory must not wait for ever. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
  void aHeapWithoutRoomForTheFileIsAFailureLikeOthers() {
    ModelVersion large = new ModelVersion(1, FullHeapFileSystem.SCHEME + "://models/large.onnx");
    int before = SharedModels.inUse();
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> SharedModels.open(large, CONTRACT, ModelLimits.DEFAULT))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("model " + large.path() + " (version 1) cannot be loaded:")
          .hasMessageContaining(FullHeapFileSystem.MESSAGE);
      assertThat(SharedModels.inUse()).isEqualTo(before);
    }
  }

  @Test
  void manyThreadsOpenRunAndCloseAtOnce() throws Exception {
    Path file = TestModels.linear(1, 2).write(folder.resolve("model.onnx"));
    int before = SharedModels.inUse();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Float>> tasks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        long version = 1 + i % 3;
        tasks.add(
            () -> {
              try (SharedModels.Lease lease = open(file, version)) {
                return score(lease.model());
              }
            });
      }
      for (Future<Float> score : threads.invokeAll(tasks)) {
        assertThat(score.get()).isEqualTo(5);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(SharedModels.inUse()).isEqualTo(before);
  }

  private static SharedModels.Lease open(Path file, long version) throws ModelException {
    return SharedModels.open(
        new ModelVersion(version, file.toString()), CONTRACT, ModelLimits.DEFAULT);
  }

  private static float score(OnnxModel model) throws ModelException {
    return model.run(new RowBatch(CONTRACT).add(0, new float[] {1, 2}, 0))[0];
  }
}
