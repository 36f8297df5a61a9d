/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.UserProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureExtractorTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void valuesAreThoseOfAHandMadeExample() {
    FeatureConfig config =
        FeatureConfig.builder()
            .count("views", SECOND, "view")
            .window("recent", SECOND, 2)
            .rate("ctr", EventTypes.of("click"), EventTypes.of("view"), SECOND, 0.1, 10)
            .timeSince("sinceClick", Duration.ofMinutes(1), "click")
            .build();
    FeatureExtractor extractor = new FeatureExtractor(config);
    FeatureState state = extractor.newState();
    extractor.add(state, event("view", 1_000));
    assertThat(extractor.values(state, EnrichedInteraction.of(event("view", 1_000))))
        .containsExactly(
            new float[] {1, 1, (float) ((0 + 10 * 0.1) / (1 + 10)), 60}, within(1e-6f));
    extractor.add(state, event("click", 2_000));
    assertThat(extractor.values(state, EnrichedInteraction.of(event("click", 2_000))))
        .containsExactly(
            new float[] {0.5f, 2, (float) ((1 + 10 * 0.1) / (0.5 + 10)), 0}, within(1e-6f));
    extractor.add(state, event("view", 4_500));
    float half = (float) Math.pow(0.5, 2.5);
    assertThat(extractor.values(state, EnrichedInteraction.of(event("view", 4_500))))
        .containsExactly(
            new float[] {
              1 + half / 2, 1, (float) ((half + 10 * 0.1) / (1 + half / 2 * 1 + 10)), 2.5f
            },
            within(1e-5f));
  }

  @Test
  void streamsInAnyOrderGiveWhatALoopOverAllEventsGives() {
    FeatureConfig config =
        FeatureConfig.builder()
            .count("all", Duration.ofMillis(300))
            .count("everClicked", DecayedCount.NEVER, "click")
            .window("clicks", Duration.ofMillis(70), 5, "click")
            .window("last", Duration.ofMillis(200), 1)
            .rate("ctr", EventTypes.of("click"), EventTypes.of("view"), SECOND, 0.2, 3)
            .timeSince("sinceBuy", Duration.ofMillis(900), "buy")
            .build();
    FeatureExtractor extractor = new FeatureExtractor(config);
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      FeatureState state = extractor.newState();
      List<Interaction> events = new ArrayList<>();
      long now = 0;
      for (int i = 0; i < 40; i++) {
        now += random.nextInt(10) == 0 ? 1_000 : random.nextInt(60);
        String type = List.of("view", "click", "buy").get(random.nextInt(3));
        Interaction event = event(type, Math.max(0, now - random.nextInt(500)));
        events.add(event);
        extractor.add(state, event);
        assertThat(extractor.values(state, EnrichedInteraction.of(event)))
            .as("seed %d, event %d", seed, i)
            .containsExactly(expected(events), within(1e-4f));
      }
    }
  }

  private static float[] expected(List<Interaction> events) {
    long newest = events.stream().mapToLong(Interaction::timestampMillis).max().orElseThrow();
    double all = 0;
    double ever = 0;
    double clicks = 0;
    double last = 0;
    double hits = 0;
    double tries = 0;
    double since = 900;
    for (Interaction event : events) {
      long time = event.timestampMillis();
      boolean isClick = event.type().equals("click");
      all += Math.pow(0.5, (newest - time) / 300.0);
      ever += isClick ? 1 : 0;
      clicks += isClick && newest / 70 - time / 70 < 5 ? 1 : 0;
      last += newest / 200 == time / 200 ? 1 : 0;
      double weight = Math.pow(0.5, (newest - time) / 1000.0);
      hits += isClick ? weight : 0;
      tries += event.type().equals("view") ? weight : 0;
      since = event.type().equals("buy") ? Math.min(since, newest - time) : since;
    }
    double rate = Math.min(1, (hits + 3 * 0.2) / (tries + 3));
    return new float[] {
      (float) all, (float) ever, (float) clicks, (float) last, (float) rate, (float) since / 1000
    };
  }

  @Test
  void categoriesAreHashedAndWhatIsNotKnownHasItsOwnPlace() {
    FeatureConfig config =
        FeatureConfig.builder()
            .index("country", Category.user("country"), 50)
            .oneHot("brand", Category.item("brand"), 4)
            .index("type", Category.TYPE, 1_000)
            .build();
    FeatureExtractor extractor = new FeatureExtractor(config);
    FeatureState state = extractor.newState();
    extractor.add(state, event("view", 1));
    EnrichedInteraction unknown = EnrichedInteraction.of(event("view", 1));
    float[] none = extractor.values(state, unknown);
    assertThat(none).startsWith(0, 0, 0, 0, 0);
    assertThat(none[5]).isBetween(1f, 999f);
    int[] places = new int[50];
    for (int i = 0; i < 1_000; i++) {
      Attributes country = Attributes.of(Map.of("country", "c" + i));
      Attributes brand = Attributes.of(Map.of("brand", "b" + i));
      float[] values =
          extractor.values(
              state,
              unknown
                  .withUser(new UserProfile("u", country, Features.NONE, 0))
                  .withItem(new ItemMetadata("i", brand, Features.NONE, 0)));
      places[(int) values[0]]++;
      double[] brands = IntStream.range(1, 5).mapToDouble(at -> values[at]).toArray();
      assertThat(brands).containsOnlyOnce(1).doesNotContain(2);
      assertThat(values[5]).isEqualTo(none[5]);
    }
    assertThat(places[0]).isZero();
    assertThat(places).as("spread of 1000 texts over 49 places").satisfies(this::isSpread);
  }

  private void isSpread(int[] places) {
    assertThat(IntStream.of(places).skip(1).min().orElse(0)).isGreaterThan(5);
    assertThat(IntStream.of(places).max().orElse(0)).isLessThan(50);
  }

  @Test
  void aStateOfAnotherConfigDoesNotFit() {
    FeatureExtractor one = new FeatureExtractor(FeatureConfig.builder().count("a", SECOND).build());
    FeatureExtractor other =
        new FeatureExtractor(FeatureConfig.builder().count("b", SECOND).build());
    assertThat(one.fits(one.newState())).isTrue();
    assertThat(one.fits(other.newState())).isFalse();
  }

  private static Interaction event(String type, long timestampMillis) {
    return new Interaction("u", "i", type, 1, timestampMillis);
  }
}
