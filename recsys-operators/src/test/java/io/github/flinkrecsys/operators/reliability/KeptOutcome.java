/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.feature.TrainingExample;
import io.github.flinkrecsys.core.neighbor.SimilarItems;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.operators.factorization.ItemFactor;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.feature.ItemPopularity;
import io.github.flinkrecsys.operators.feature.TrendingList;
import io.github.flinkrecsys.operators.testing.Collected;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What {@link KeptJob} has given, against a loop over its events. */
final class KeptOutcome {
  private static final List<Interaction> BEFORE = valid(0, KeptEvents.CUT);
  private static final List<Interaction> AFTER = valid(KeptEvents.SWEEP, KeptEvents.END);
  private static final Expected EXPECTED = new Expected(KeptEvents.interactions(0, KeptEvents.END));

  private final KeptJob job;
  private final Path directory;

  KeptOutcome(KeptJob job, Path directory) {
    this.job = job;
    this.directory = directory;
  }

  private static List<Interaction> valid(long from, long to) {
    return KeptEvents.interactions(from, to).stream()
        .filter(event -> !TestShop.isRefused(event))
        .toList();
  }

  /**
   * Whether everything that comes before the savepoint has come through: all trending counts, at
   * the end of the longest way, and all that waits for the watermark.
   */
  boolean hasAllBeforeTheSavepoint() {
    List<TrendingList> lists = job.trending.records();
    double trending =
        lists.isEmpty()
            ? 0
            : IntStream.range(0, lists.get(lists.size() - 1).counts().length)
                .mapToDouble(i -> lists.get(lists.size() - 1).counts()[i])
                .sum();
    long enriched =
        BEFORE.stream().filter(event -> event.timestampMillis() <= KeptEvents.WATERMARK).count();
    return Math.round(trending) == BEFORE.size()
        && job.functions.withUsers.records().size() == enriched;
  }

  /** Every user and item has had events after the restore; the last counts are of all events. */
  void assertModelsAreOfAllEvents(int parallelism) throws Exception {
    assertThat(last(job.users, UserFactor::userId, UserFactor::steps)).isEqualTo(EXPECTED.perUser);
    assertThat(last(job.items, ItemFactor::itemId, ItemFactor::updates))
        .isEqualTo(EXPECTED.perItem);
    assertThat(last(job.popularity, ItemPopularity::itemId, item -> Math.round(item.count())))
        .isEqualTo(EXPECTED.perItem);
    assertThat(trending()).isEqualTo(EXPECTED.perItem);
    Map<String, Long> inReplica = new HashMap<>(EXPECTED.perItem);
    inReplica.replaceAll(KeptEvents::countInReplica);
    Outcome.assertReplicasHave(directory, inReplica, parallelism);
    Outcome.assertReplicasEqualOwners(directory, parallelism);
    assertThat(job.evaluation.records().stream().filter(EvaluationResult::total).toList())
        .as("evaluation-total; users of the model are known from their first event on")
        .isNotEmpty();
    assertThat(
            last(
                    job.evaluation,
                    EvaluationResult::total,
                    EvaluationResult::source,
                    EvaluationResult::scored)
                .values())
        .containsOnly(EXPECTED.scored + KeptEvents.OF_MODEL);
    assertThat(last(job.waitingUsers, UserFactor::userId, UserFactor::steps))
        .as("held-interactions are learned when the model is there")
        .isEqualTo(EXPECTED.perUser);
  }

  private Map<String, Long> trending() {
    TrendingList last = job.trending.records().get(job.trending.records().size() - 1);
    return IntStream.range(0, last.itemIds().length)
        .boxed()
        .collect(Collectors.toMap(i -> last.itemIds()[i], i -> Math.round(last.counts()[i])));
  }

  /** What ends behind the savepoint's watermark comes out, whole and once, and nothing else. */
  void assertWhatWasOpenComesOut() {
    Map<String, Long> sessions =
        job.sessions.records().stream()
            .collect(Collectors.groupingBy(TestShop::sessionText, Collectors.counting()));
    Map<String, Long> open = new HashMap<>(EXPECTED.sessions);
    open.keySet()
        .removeIf(
            session ->
                Long.parseLong(session.split(" ")[2]) + TestShop.GAP_MILLIS - 1
                    <= KeptEvents.WATERMARK);
    assertThat(sessions).isEqualTo(open);
  }

  /** Neighbours are of all pairs of a user's items; windows have what came before and after. */
  void assertSumsGoOn() {
    Map<String, Set<String>> pairs = pairs();
    assertThat(
            last(job.neighbors, SimilarItems::itemId, item -> Set.of(item.neighborIds()))
                .entrySet())
        .hasSize(KeptEvents.ITEMS)
        .allSatisfy(
            item -> {
              Set<String> all = pairs.get(item.getKey());
              assertThat(all).as("recent-items and neighbor-list").containsAll(item.getValue());
              assertThat(item.getValue()).hasSize(Math.min(all.size(), KeptJob.NEIGHBORS_PER_ITEM));
            });
    long firstWindow = KeptJob.WINDOW.toMillis();
    long scoredBefore = new Expected(KeptEvents.interactions(0, firstWindow / 1_000)).scored;
    assertThat(
            last(
                job.evaluation,
                result -> !result.total(),
                result -> result.source() + " " + result.windowStartMillis(),
                EvaluationResult::scored))
        .as("evaluation-windows")
        .isNotEmpty()
        .allSatisfy(
            (window, scored) -> {
              assertThat(window).endsWith(" " + firstWindow);
              assertThat(scored).isEqualTo(EXPECTED.scored + KeptEvents.OF_MODEL - scoredBefore);
            });
  }

  private static Map<String, Set<String>> pairs() {
    Map<String, Set<String>> ofUser = new HashMap<>();
    Map<String, Set<String>> pairs = new HashMap<>();
    for (Interaction event : valid(0, KeptEvents.END)) {
      Set<String> past = ofUser.computeIfAbsent(event.userId(), user -> new HashSet<>());
      for (String other : past) {
        if (!other.equals(event.itemId())) {
          pairs.computeIfAbsent(event.itemId(), item -> new HashSet<>()).add(other);
          pairs.computeIfAbsent(other, item -> new HashSet<>()).add(event.itemId());
        }
      }
      past.add(event.itemId());
    }
    return pairs;
  }

  void assertFunctionsGoOn() {
    KeptFunctions functions = job.functions;
    assertThat(last(functions.users, UserFactor::userId, UserFactor::steps))
        .isEqualTo(EXPECTED.perUser);
    assertThat(last(functions.items, ItemFactor::itemId, ItemFactor::updates))
        .isEqualTo(EXPECTED.perItem);
    assertThat(
            last(
                functions.features,
                FeatureVector::key,
                vector -> (long) Math.round(vector.values()[0])))
        .isEqualTo(EXPECTED.perUser);
    assertThat(functions.judged.records().stream().mapToLong(EvaluationSums::scored).sum())
        .as("served-lists: each choice of one who had a list before the savepoint")
        .isEqualTo(AFTER.stream().filter(e -> !KeptEvents.isOfModel(e.userId())).count());
    assertThat(functions.gathered.records())
        .as("walk-visits and walk-progress")
        .hasSize(KeptEvents.WALKS)
        .allSatisfy(
            list ->
                assertThat(list.items())
                    .extracting(ScoredItem::itemId)
                    .containsExactlyInAnyOrder("before", "after"));
    assertThat(functions.inSessions.records().stream().filter(KeptOutcome::goesByOpenSession))
        .as("open-session")
        .isNotEmpty();
    assertJoinsGoOn();
  }

  /** Whether a list after the savepoint has an item for the sake of one before. */
  private static boolean goesByOpenSession(RecommendationList list) {
    Set<String> past =
        BEFORE.stream()
            .filter(event -> event.userId().equals(list.userId()))
            .map(Interaction::itemId)
            .collect(Collectors.toSet());
    return list.generatedAtMillis() < 1_000L * (KeptEvents.SWEEP + KeptEvents.USERS)
        && Arrays.stream(list.items()).anyMatch(item -> past.contains(item.becauseItemId()));
  }

  private void assertJoinsGoOn() {
    List<Interaction> waiting =
        Stream.concat(BEFORE.stream(), AFTER.stream())
            .filter(event -> event.timestampMillis() > KeptEvents.WATERMARK)
            .toList();
    assertThat(job.functions.withUsers.records())
        .as("profile-versions")
        .allSatisfy(
            event ->
                assertThat(event.user() == null)
                    .isEqualTo(KeptEvents.isOfModel(event.interaction().userId())))
        .extracting(EnrichedInteraction::interaction)
        .as("waiting-interactions")
        .containsExactlyInAnyOrderElementsOf(waiting);
    assertThat(job.functions.withItems.records())
        .as("profile-versions of items")
        .allSatisfy(
            event ->
                assertThat(event.item() == null)
                    .isEqualTo(KeptEvents.isOfModel(event.interaction().itemId())))
        .extracting(EnrichedInteraction::interaction)
        .as("waiting-interactions")
        .containsExactlyInAnyOrderElementsOf(waiting);
    assertThat(
            job.functions.examples.records().stream()
                .filter(example -> example.label() > 0)
                .map(TrainingExample::listId))
        .as("open-impressions and pending-labels")
        .containsExactlyInAnyOrderElementsOf(labeledAfterTheSavepoint());
  }

  /** Each click is of the newest impression of its item; the first one makes the example. */
  private static List<String> labeledAfterTheSavepoint() {
    Map<Impression, Long> labeledAt = new LinkedHashMap<>();
    for (Interaction click : valid(0, KeptEvents.END)) {
      LongStream.rangeClosed(0, click.timestampMillis() / 1_000)
          .mapToObj(KeptEvents::impression)
          .filter(shown -> shown != null && isWithin(shown, click))
          .reduce((older, newer) -> newer)
          .ifPresent(shown -> labeledAt.putIfAbsent(shown, click.timestampMillis()));
    }
    return labeledAt.entrySet().stream()
        .filter(shown -> shown.getValue() > KeptEvents.WATERMARK)
        .map(shown -> shown.getKey().listId())
        .toList();
  }

  private static boolean isWithin(Impression shown, Interaction click) {
    return shown.userId().equals(click.userId())
        && shown.itemId().equals(click.itemId())
        && click.timestampMillis() - shown.timestampMillis()
            <= KeptFunctions.IMPRESSIONS_WAIT.toMillis();
  }

  private static <T, V> Map<String, V> last(
      Collected<T> records, Function<T, String> key, Function<T, V> value) {
    return last(records, record -> true, key, value);
  }

  private static <T, V> Map<String, V> last(
      Collected<T> records, Predicate<T> filter, Function<T, String> key, Function<T, V> value) {
    return records.records().stream()
        .filter(filter)
        .collect(Collectors.toMap(key, value, (first, second) -> second));
  }
}
