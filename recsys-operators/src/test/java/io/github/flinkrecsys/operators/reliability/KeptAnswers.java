/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScorePart;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.operators.testing.Collected;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@link KeptJob} answers after a restore, before it sees any other event: all of it comes out
 * of the savepoint.
 */
final class KeptAnswers {
  private final KeptJob job;

  KeptAnswers(KeptJob job) {
    this.job = job;
  }

  boolean areThere() {
    return answers(job.lists).size() == KeptEvents.USERS
        && answers(job.functions.ranked).size() == KeptEvents.USERS
        && answers(job.functions.walked).size() == KeptEvents.USERS;
  }

  private static List<RecommendationList> answers(Collected<RecommendationList> lists) {
    return lists.records().stream()
        .filter(list -> KeptEvents.isAnswer(list.generatedAtMillis()))
        .toList();
  }

  void assertKnowWhatWasSaved() {
    List<RecommendationList> answers = answers(job.lists);
    assertThat(answers)
        .allSatisfy(
            list -> {
              assertThat(list.modelVersion())
                  .as("offline-models")
                  .isEqualTo(KeptEvents.MODEL_VERSION);
              assertThat(list.items()).hasSizeGreaterThan(10);
              assertGoesByFactors(list);
            });
    assertHistoryIsKept(answers);
    assertThat(answers.stream().filter(list -> KeptEvents.isOfModel(list.userId())))
        .as("users and items of the model alone, item-sums")
        .allSatisfy(list -> assertThat(strongestByFactors(list).itemId()).startsWith("mi"));
    assertThat(sources(answers))
        .as("item-neighbors, closed-sessions, trends, item-metadata, graph-nodes")
        .contains(
            Sources.NEIGHBORS,
            Sources.SESSION_NEIGHBORS,
            Sources.TRENDING,
            Sources.CATEGORY_TRENDING,
            Sources.CONTENT,
            Sources.GRAPH_WALK);
    assertHistoryIsKept(
        answers(job.functions.ranked).stream()
            .filter(list -> !KeptEvents.isOfModel(list.userId()))
            .peek(KeptAnswers::assertGoesByFactors)
            .toList());
    assertThat(answers(job.functions.walked).stream().filter(list -> list.items().length > 0))
        .as("graph-node of users and items: all but those of the model")
        .hasSize(TestShop.USERS);
  }

  private static Set<String> sources(List<RecommendationList> lists) {
    return lists.stream()
        .flatMap(list -> Arrays.stream(list.items()))
        .flatMap(item -> Arrays.stream(item.parts()))
        .map(ScorePart::source)
        .collect(Collectors.toSet());
  }

  /** What is popular fills a list too, but without the user's vector no factors score an item. */
  private static void assertGoesByFactors(RecommendationList list) {
    assertThat(list.items())
        .as("user-factor of %s", list.userId())
        .anyMatch(item -> byFactors(item) > 0);
  }

  /** Whatever the sign of the weight that was learned for the factors. */
  private static ScoredItem strongestByFactors(RecommendationList list) {
    return Arrays.stream(list.items())
        .max(Comparator.comparingDouble(KeptAnswers::byFactors))
        .orElseThrow();
  }

  private static double byFactors(ScoredItem item) {
    return Arrays.stream(item.parts())
        .filter(part -> part.source().equals(Sources.FACTORS))
        .mapToDouble(part -> Math.abs(part.score()))
        .sum();
  }

  /** Nobody gets what is in the history. */
  private static void assertHistoryIsKept(List<RecommendationList> answers) {
    List<Interaction> past = KeptEvents.interactions(0, KeptEvents.CUT);
    for (RecommendationList list : answers) {
      Set<String> seen =
          past.stream()
              .filter(event -> list.userId().equals(event.userId()))
              .map(Interaction::itemId)
              .collect(Collectors.toSet());
      assertThat(list.items())
          .as("user-history of %s", list.userId())
          .extracting(ScoredItem::itemId)
          .noneMatch(seen::contains);
    }
  }
}
