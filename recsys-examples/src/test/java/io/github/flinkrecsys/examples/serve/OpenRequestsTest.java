/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each answer finds who asked, and what nobody waits for does not pile up. */
class OpenRequestsTest {
  private static final int MAX_OPEN = 3;

  private final OpenRequests requests = new OpenRequests(MAX_OPEN);

  @BeforeEach
  void start() {
    requests.start();
  }

  private CompletableFuture<RecommendationList> ask(String userId, String... itemIds) {
    return requests.add(userId, List.of(itemIds), 5, false);
  }

  private static RecommendationList list(String userId, long atMillis) {
    return new RecommendationList(userId, atMillis, 0, new ScoredItem[0]);
  }

  @Test
  void answersComeBackToWhoAskedWhateverTheirOrder() {
    assertThat(requests.answer(list("u", 5_000))).as("a list of the stream").isFalse();
    var first = ask("", "a");
    var second = ask("", "b");
    RecommendationRequest one = requests.poll();
    RecommendationRequest other = requests.poll();
    assertThat(one.itemIds()).containsExactly("a");
    assertThat(one.timestampMillis()).isEqualTo(5_000);
    assertThat(other.timestampMillis()).isEqualTo(5_001);

    RecommendationList toSecond = list("", 5_001);
    assertThat(requests.answer(toSecond)).isTrue();
    assertThat(second).isCompletedWithValue(toSecond);
    assertThat(first).isNotDone();
    RecommendationList toFirst = list("", 5_000);
    assertThat(requests.answer(toFirst)).isTrue();
    assertThat(first).isCompletedWithValue(toFirst);
    assertThat(requests.size()).isZero();
  }

  @Test
  void aListOfAnotherUserAtTheSameTimeIsNoAnswer() {
    var asked = ask("u1");
    long at = requests.poll().timestampMillis();
    assertThat(requests.answer(list("u2", at))).isFalse();
    assertThat(asked).isNotDone();
    assertThat(requests.answer(list("u1", at))).isTrue();
    assertThat(asked).isDone();
  }

  @Test
  void tooManyAreRefusedUntilSomeAreAnsweredOrForgotten() {
    var first = ask("", "a");
    ask("", "b");
    ask("", "c");
    assertThatThrownBy(() -> ask("", "d").join()).hasMessageContaining("too many requests");
    requests.answer(list("", requests.poll().timestampMillis()));
    assertThat(first).isDone();
    var cancelled = ask("", "e");
    cancelled.cancel(false);
    assertThat(ask("", "f")).as("takes the place of the cancelled one").isNotDone();
  }

  @Test
  void whatNobodyWaitsForIsNotWorthTheJobsTime() {
    for (int i = 0; i < 100 * MAX_OPEN; i++) {
      var asked = ask("", "a");
      assertThat(asked).as("request %d", i).isNotDone();
      asked.cancel(false);
    }
    assertThat(ask("", "b")).isNotDone();
    assertThat(requests.poll().itemIds()).containsExactly("b");
    assertThat(requests.poll()).isNull();
    assertThat(requests.size()).isOne();
  }

  @Test
  void aLateAnswerToAnAnonymousRequestIsNotAListOfTheStream() {
    var asked = ask("", "a");
    long at = requests.poll().timestampMillis();
    asked.cancel(false);
    assertThat(requests.answer(list("", at))).isTrue();
    assertThat(requests.answer(list("", at))).as("nobody knows it any more").isTrue();
  }

  @Test
  void theEndRefusesWhoWaitsAndWhoComes() {
    var asked = ask("", "a");
    var available = requests.available();
    requests.end();
    assertThat(available).isDone();
    assertThat(requests.isOver()).isTrue();
    assertThatThrownBy(asked::join).hasMessageContaining("the job ended");
    assertThatThrownBy(() -> ask("", "b").join()).hasMessageContaining("no job is running");
  }

  @Test
  void thereIsNothingToReadUntilSomebodyAsks() {
    requests.poll();
    var available = requests.available();
    assertThat(available).isNotDone();
    ask("", "a");
    assertThat(available).isDone();
  }

  @Test
  void ofAllUsersThoseWithTheNewestListsAreKept() {
    KeptLists lists = new KeptLists(2);
    lists.put(list("u1", 1));
    lists.put(list("u2", 2));
    lists.put(list("u1", 3));
    lists.put(list("u3", 4));
    assertThat(lists.get("u2")).isEmpty();
    assertThat(lists.get("u1")).hasValue(list("u1", 3));
    assertThat(lists.newestUsers(5)).containsExactly("u3", "u1");
    assertThat(lists.newestUsers(1)).containsExactly("u3");
  }
}
