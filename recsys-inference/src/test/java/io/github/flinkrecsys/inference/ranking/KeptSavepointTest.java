/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.inference.testing.StatePage;
import io.github.flinkrecsys.savepoints.KeptSavepoints;
import io.github.flinkrecsys.savepoints.SavepointContents;
import io.github.flinkrecsys.savepoints.SavepointName;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A savepoint of {@link KeptModels} that a release has written is restored by every build, and has
 * something in every state of this module.
 */
class KeptSavepointTest {
  /** Uids of the job by the operators that the page names. */
  private static final Map<String, String> UIDS =
      Map.of(
          "OnnxStages", "rank",
          "OnnxStages.sequences", "sequences",
          "CandidateFeaturesFunction", "candidates");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("io.github.flinkrecsys.savepoints.KeptSavepoints#all")
  void aKeptSavepointRestores(SavepointName name) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString(
        "execution.state-recovery.path", KeptSavepoints.unpack(name, folder).toUri().toString());
    KeptSavepoints.awaitEnd(KeptModels.job(configuration, false).executeAsync());

    assertThat(KeptModels.LISTS)
        .extracting(RecommendationList::userId)
        .containsExactlyInAnyOrder("u0", "u1", "u2", "u3");
    for (RecommendationList list : KeptModels.LISTS) {
      float ofUser = 100 * KeptModels.clicks(list.userId().charAt(1) - '0');
      assertThat(list.items())
          .as("model-changes, user-features, item-features")
          .extracting(ScoredItem::itemId, ScoredItem::score)
          .containsExactly(tuple("b", ofUser + 40), tuple("a", ofUser + 20));
    }
    assertThat(KeptModels.STATUS.stream().filter(status -> !status.path().endsWith("/2.onnx")))
        .as("sequence-model: version 2 is in use already, in both subtasks")
        .hasSize(2)
        .noneMatch(ModelStatus::accepted);
  }

  @Test
  void everyStateOfThePageIsKept() throws Exception {
    Map<String, Long> kept =
        SavepointContents.read(
            KeptSavepoints.unpack(KeptSavepoints.newest(), folder),
            SavepointContents.uids(KeptModels.job(new Configuration(), false)));
    kept.keySet().removeIf(state -> state.endsWith(" SourceReaderState"));
    assertThat(kept.keySet())
        .isEqualTo(
            StatePage.rows().entrySet().stream()
                .map(row -> UIDS.get(row.getValue().operator()) + " " + row.getKey())
                .collect(Collectors.toSet()));
    assertThat(kept.values()).allSatisfy(entries -> assertThat(entries).isPositive());
  }

  /** State that was added since the savepoint was written is in none that is kept. */
  @Test
  void thisBuildHasTheStateThatIsKept() throws Exception {
    Map<String, String> uids = SavepointContents.uids(KeptModels.job(new Configuration(), false));
    Path kept = KeptSavepoints.unpack(KeptSavepoints.newest(), folder);
    assertThat(SavepointContents.read(save(), uids).keySet())
        .isEqualTo(SavepointContents.read(kept, uids).keySet());
  }

  /** Writes a savepoint of this version into the sources; see docs/reliability.md. */
  @Test
  @EnabledIfSystemProperty(named = "recsys.write-savepoint", matches = ".+")
  void write() throws Exception {
    assertThat(KeptSavepoints.pack(save())).isBetween(1L, 50_000L);
  }

  private Path save() throws Exception {
    JobClient job = KeptModels.job(new Configuration(), true).executeAsync();
    // Two stages of two subtasks.
    KeptSavepoints.await(job, () -> KeptModels.accepted().size() == 4);
    return KeptSavepoints.stop(job, folder);
  }
}
