/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.inference.model.SharedModels;
import io.github.flinkrecsys.inference.model.SplitPlace;
import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import io.github.flinkrecsys.inference.testing.TestMetrics;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What splits and shadows of a sequence source do to lists, to memory and to the metrics. */
class SequenceRolesTest {
  @TempDir Path folder;
  private SequenceFiles files;
  private SequenceModelConfig config;
  private SequenceModelChange second;
  private SequenceModelChange third;

  /** After a, model 1 expects c and then b, model 2 b and then c, model 3 d and then c. */
  @BeforeEach
  void write() throws Exception {
    files = new SequenceFiles(folder);
    config = SequenceFiles.config(files.afterA(1, 0, 8, 9, 0), 2);
    second = files.afterA(2, 0, 9, 8, 0);
    third = files.afterA(3, 0, 0, 8, 9);
  }

  @AfterEach
  void allModelsAreFreed() {
    assertThat(SharedModels.inUse()).isZero();
  }

  @Test
  void splitsServeTheirSharesOfTheUsersInThePlacesThatUsersHaveInEveryStage() throws Exception {
    try (var control = new SequenceSubtask(config, 1, 0).open();
        var shop = new SequenceShop(config)) {
      control.send(SequenceFiles.split(third, 0.5), SequenceFiles.split(second, 0.25));
      int ofSecond = 0;
      int ofThird = 0;
      for (int n = 0; n < 1_000; n++) {
        String user = "user" + n;
        double place = SplitPlace.of(Hashes.hash(user));
        String expected = place < 0.25 ? "b" : place < 0.75 ? "d" : "c";
        assertThat(shop.next(user)).isEqualTo(expected).isEqualTo(shop.next(user));
        ofSecond += expected.equals("b") ? 1 : 0;
        ofThird += expected.equals("d") ? 1 : 0;
      }
      assertThat(ofSecond).isBetween(200, 300);
      assertThat(ofThird).isBetween(440, 560);
      assertThat(shop.next()).as("without a user").isEqualTo("c");
      assertThat(control.metrics().counter("scoredRecords of 2")).isEqualTo(2L * ofSecond);
      assertThat(control.metrics().counter("scoredRecords of 3")).isEqualTo(2L * ofThird);
      assertThat(control.metrics().counter("scoredRecords of 1"))
          .isEqualTo(2_001L - 2 * ofSecond - 2 * ofThird);
      assertThat(shop.failures()).isZero();
    }
  }

  @Test
  void aShadowIsComparedWithWhatIsServedAndNotServed() throws Exception {
    try (var control = new SequenceSubtask(config, 1, 0).open();
        var shop = new SequenceShop(config)) {
      control.send(
          SequenceFiles.split(second, 0.5),
          SequenceFiles.shadow(third),
          SequenceModelChange.split(2, second.path(), second.vocabularyPath(), 0.25));
      for (int n = 0; n < 100; n++) {
        assertThat(shop.next("user" + n)).isIn("b", "c");
      }
      assertThat(control.metrics().counter("scoredRecords of 3")).isZero();
      assertThat(control.metrics().counter("shadowRecords of 3")).isEqualTo(100);
      // Of b and c, in either order, the shadow has c, whichever version serves.
      assertThat(control.metrics().counter("comparedCandidates of 3")).isEqualTo(200);
      assertThat(control.metrics().counter("sharedCandidates of 3")).isEqualTo(100);
      assertThat(control.metrics().values("inferenceMicros of 3")).isEqualTo(100);
      assertThat(control.metrics().counter("shadowRecords of 1")).isZero();
      assertThat(shop.failures()).isZero();
    }
  }

  @Test
  void aShadowThatFailsOrGivesNoNumberCostsTheListNothing() throws Exception {
    try (var control = new SequenceSubtask(config, 1, 0).open();
        var shop = new SequenceShop(config)) {
      control.send(
          SequenceFiles.shadow(files.failingAfterA(4)),
          SequenceFiles.shadow(files.afterA(5, 0, Float.NaN, 0, 0)));
      assertThat(control.problems()).containsOnly("");
      assertThat(shop.next()).isEqualTo("c");
      assertThat(shop.failures()).isZero();
      assertThat(control.metrics().counter("failedRuns of 4")).isEqualTo(1);
      assertThat(control.metrics().counter("notANumber of 5")).isEqualTo(1);
      assertThat(control.metrics().counter("shadowRecords of 4")).isZero();
      assertThat(control.metrics().counter("shadowRecords of 5")).isZero();
      // Both can be run after b.
      assertThat(shop.next(0, "b")).isEqualTo("d");
      assertThat(control.metrics().counter("shadowRecords of 4")).isEqualTo(1);
      assertThat(control.metrics().counter("shadowRecords of 5")).isEqualTo(1);
    }
  }

  @Test
  void aSplitThatFailsCostsItsUsersTheSourceAndNobodyElse() throws Exception {
    try (var control = new SequenceSubtask(config, 1, 0).open();
        var shop = new SequenceShop(config)) {
      control.send(
          SequenceFiles.split(files.failingAfterA(4), 0.25),
          SequenceFiles.split(files.afterA(5, 0, 0, Float.POSITIVE_INFINITY, 0), 0.25));
      int failed = 0;
      int noNumber = 0;
      for (int n = 0; n < 100; n++) {
        double place = SplitPlace.of(Hashes.hash("user" + n));
        failed += place < 0.25 ? 1 : 0;
        noNumber += place >= 0.25 && place < 0.5 ? 1 : 0;
        assertThat(shop.next("user" + n)).isEqualTo(place < 0.5 ? "" : "c");
      }
      assertThat(failed).isPositive();
      assertThat(noNumber).isPositive();
      assertThat(shop.failures()).isEqualTo(failed + noNumber);
      assertThat(control.metrics().counter("failedRuns of 4")).isEqualTo(failed);
      assertThat(control.metrics().counter("notANumber of 5")).isEqualTo(noNumber);
      assertThat(control.metrics().counter("scoredRecords of 1"))
          .isEqualTo(100 - failed - noNumber);
    }
  }

  @Test
  void whatIsRetiredIsFreedAndItsUsersGoBack() throws Exception {
    try (var control = new SequenceSubtask(config, 1, 0).open();
        var shop = new SequenceShop(config)) {
      control.send(SequenceFiles.split(second, 1), SequenceFiles.shadow(third));
      assertThat(shop.next("u")).isEqualTo("b");
      assertThat(SharedModels.inUse()).isEqualTo(3);
      control.send(SequenceModelChange.retire(2), SequenceModelChange.retire(3));
      assertThat(control.problems()).containsOnly("");
      assertThat(shop.next("u")).isEqualTo("c");
      assertThat(SharedModels.inUse()).isEqualTo(1);
      assertThat(control.metrics().counter("shadowRecords of 3")).isEqualTo(1);
    }
  }

  @Test
  void aVersionInUseTakesAnotherRoleWithoutItsFiles() throws Exception {
    try (var control = new SequenceSubtask(config, 1, 0).open();
        var shop = new SequenceShop(config)) {
      control.send(SequenceFiles.shadow(second));
      assertThat(shop.next("u")).isEqualTo("c");
      Files.delete(Path.of(second.path()));
      Files.delete(Path.of(second.vocabularyPath()));
      control.send(SequenceFiles.split(second, 1));
      assertThat(shop.next("u")).isEqualTo("b");
      assertThat(shop.next()).isEqualTo("c");
      control.send(SequenceFiles.serve(second));
      assertThat(shop.next()).isEqualTo("b");
      assertThat(control.problems()).containsOnly("");
      assertThat(SharedModels.inUse()).isEqualTo(1);
    }
  }

  @Test
  void subtasksOfOneProcessCountEachListOnceAndTheNextLeadsWhenOneCloses() throws Exception {
    try (var second = new SequenceSubtask(config, 2, 1);
        var shop = new SequenceShop(config);
        var otherShop = new SequenceShop(config)) {
      try (var first = new SequenceSubtask(config, 2, 0).open()) {
        second.open();
        first.send(SequenceFiles.shadow(third));
        second.send(SequenceFiles.shadow(third));
        for (int n = 0; n < 3; n++) {
          shop.next();
          otherShop.next();
        }
        assertThat(first.metrics().counter("scoredRecords of 1")).isEqualTo(6);
        assertThat(first.metrics().counter("shadowRecords of 3")).isEqualTo(6);
        assertThat(second.metrics().counter("scoredRecords of 1")).isZero();
        assertThat(second.metrics().counter("shadowRecords of 3")).isZero();
      }
      shop.next();
      assertThat(second.metrics().counter("scoredRecords of 1")).isEqualTo(1);
      assertThat(second.metrics().counter("shadowRecords of 3")).isEqualTo(1);
    }
  }

  @Test
  void sourcesOfAnotherConfigDoNotFollow() throws Exception {
    SequenceModelConfig other = SequenceFiles.config(config.serving(), 1);
    try (var control = new SequenceSubtask(config, 1, 0).open();
        var shop = new SequenceShop(other)) {
      control.send(SequenceFiles.serve(second));
      assertThat(control.problems()).containsExactly("");
      assertThat(shop.next()).isEqualTo("c");
    }
  }

  @Test
  void sourcesKeepWhatTheyHaveWhenTheControlStreamIsGone() throws Exception {
    try (var shop = new SequenceShop(config)) {
      try (var control = new SequenceSubtask(config, 1, 0).open()) {
        control.send(SequenceFiles.serve(second), SequenceFiles.shadow(third));
        assertThat(shop.next()).isEqualTo("b");
      }
      Files.delete(Path.of(second.path()));
      assertThat(shop.next()).isEqualTo("b");
      assertThat(SharedModels.inUse()).isEqualTo(2);
    }
  }

  /** A model that is closed while a source runs it would end the process. */
  @Test
  void sourcesOfManyThreadsFollowWithoutLosingAListOrACount() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean isOver = new AtomicBoolean();
    try (var control = new SequenceSubtask(config, 1, 0).open()) {
      List<Future<Long>> lists = new ArrayList<>();
      for (int n = 0; n < 4; n++) {
        lists.add(threads.submit(() -> listsUntil(isOver)));
      }
      for (long version = 4; version < 50; version++) {
        SequenceModelChange next = files.afterA(version, 0, version % 2, 0, 1 - version % 2);
        control.send(SequenceFiles.shadow(next), SequenceFiles.split(next, 0.5));
        control.send(
            version % 3 == 0 ? SequenceModelChange.retire(version) : SequenceFiles.serve(next));
      }
      isOver.set(true);
      long expected = 0;
      for (Future<Long> each : lists) {
        expected += each.get(2, TimeUnit.MINUTES);
      }
      assertThat(control.problems()).hasSize(3 * 46).containsOnly("");
      long counted = 0;
      for (String name : control.metrics().names()) {
        counted += name.startsWith("scoredRecords") ? control.metrics().counter(name) : 0;
      }
      assertThat(counted).isEqualTo(expected).isPositive();
    } finally {
      isOver.set(true);
      threads.shutdown();
    }
  }

  /** Ranks for many users, one list or more; gives how many it were. */
  private long listsUntil(AtomicBoolean isOver) {
    long lists = 0;
    try (var shop = new SequenceShop(config)) {
      while (lists == 0 || !isOver.get()) {
        assertThat(shop.next("user" + lists % 100)).isIn("b", "c", "d");
        lists++;
      }
      assertThat(shop.failures()).isZero();
    }
    return lists;
  }

  @Test
  void metricsAreThoseOfTheTable() throws Exception {
    Set<String> documented = TestMetrics.documented("OnnxStages.sequences");
    for (Field field : SequenceMetrics.class.getDeclaredFields()) {
      if (field.getType() == String.class) {
        assertThat(documented).contains((String) field.get(null));
      }
    }
    try (var control = new SequenceSubtask(config, 1, 0);
        var bare = new SequenceSubtask(config, 1, 0)) {
      Set<String> registered = new TreeSet<>();
      control.open().metrics().names().forEach(name -> registered.add(name.replace(" of 1", "")));
      registered.removeAll(bare.metrics().names());
      assertThat(registered).isEqualTo(documented);
    }
  }
}
