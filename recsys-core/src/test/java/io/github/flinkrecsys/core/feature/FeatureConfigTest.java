/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FeatureConfigTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final EventTypes CLICK = EventTypes.of("click");
  private static final EventTypes VIEW = EventTypes.of("view");

  @Test
  void namesAreInTheOrderOfTheValues() {
    FeatureConfig config =
        FeatureConfig.builder()
            .count("b", DAY)
            .oneHot("c", Category.TYPE, 2)
            .window("a", DAY, 3)
            .build();
    assertThat(config.names()).containsExactly("b", "c[0]", "c[1]", "a");
  }

  /** Part of the contract with models: it must not change between releases. */
  @Test
  void theVersionIsTheSameInEveryRelease() {
    FeatureConfig config =
        FeatureConfig.builder().count("a", DAY, "view", "click").ttl(DAY).build();
    assertThat(config.version()).isEqualTo(-2781909311317898384L);
    FeatureConfig sameWithOtherTtl =
        FeatureConfig.builder().count("a", DAY, "click", "view", "click").build();
    assertThat(sameWithOtherTtl.version()).isEqualTo(-2781909311317898384L);
  }

  @Test
  void theVersionTellsEveryDifference() {
    Set<Long> versions = new TreeSet<>();
    for (UnaryOperator<FeatureConfig.Builder> features :
        List.of(
            of(b -> b.count("a", DAY)),
            of(b -> b.count("b", DAY)),
            of(b -> b.count("a", DAY, "view")),
            of(b -> b.count("a", DecayedCount.NEVER)),
            of(b -> b.count("a", DAY).count("b", DAY)),
            of(b -> b.count("b", DAY).count("a", DAY)),
            of(b -> b.window("a", DAY, 2)),
            of(b -> b.window("a", DAY, 3)),
            of(b -> b.window("a", DAY.dividedBy(2), 3)),
            of(b -> b.rate("a", CLICK, VIEW, DAY, 0.1, 10)),
            of(b -> b.rate("a", VIEW, CLICK, DAY, 0.1, 10)),
            of(b -> b.rate("a", CLICK, VIEW, DAY, 0.2, 10)),
            of(b -> b.rate("a", CLICK, VIEW, DAY, 0.1, 20)),
            of(b -> b.timeSince("a", DAY)),
            of(b -> b.timeSince("a", DAY.dividedBy(2))),
            of(b -> b.index("a", Category.TYPE, 2)),
            of(b -> b.oneHot("a", Category.TYPE, 2)),
            of(b -> b.index("a", Category.user("x"), 2)),
            of(b -> b.index("a", Category.item("x"), 2)),
            of(b -> b.index("a", Category.item("x"), 3)))) {
      versions.add(features.apply(FeatureConfig.builder()).build().version());
    }
    assertThat(versions).hasSize(20);
  }

  private static UnaryOperator<FeatureConfig.Builder> of(
      UnaryOperator<FeatureConfig.Builder> features) {
    return features;
  }

  @Test
  void badArgumentsAreRefused() {
    FeatureConfig.Builder builder = FeatureConfig.builder();
    assertThatThrownBy(builder::build).hasMessage("features must be at least one, got []");
    assertThatThrownBy(() -> builder.count("a b", DAY))
        .hasMessage("name must be letters, digits, dots, dashes and underscores, got a b");
    assertThatThrownBy(() -> builder.window("a", DAY, 0))
        .hasMessage("buckets must be between 1 and 1000, got 0");
    assertThatThrownBy(() -> builder.rate("a", CLICK, VIEW, DAY, Double.NaN, 1))
        .hasMessage("prior must be in (0.0, 1.0], got NaN");
    assertThatThrownBy(() -> builder.rate("a", CLICK, VIEW, DAY, 0.5, 0))
        .hasMessageStartingWith("strength must be in (0.0, ");
    assertThatThrownBy(() -> builder.oneHot("a", Category.TYPE, 4097))
        .hasMessage("size must be between 2 and 4096, got 4097");
    assertThatThrownBy(() -> new Category(Category.Owner.INTERACTION, "weight"))
        .hasMessage("attribute must be type, userId or itemId, got weight");
    assertThatThrownBy(() -> EventTypes.of(" "))
        .hasMessage("type must be a non-blank string, got  ");
    assertThatThrownBy(() -> builder.count("a", DAY).timeSince("a", DAY).build())
        .hasMessage("names of features must be unique, got [a, a]");
    assertThatThrownBy(() -> FeatureConfig.builder().count("a", DAY).ttl(Duration.ZERO).build())
        .hasMessageStartingWith("ttl must be between 1 ms");
    assertThatThrownBy(() -> ProfileJoinConfig.builder().maxWait(Duration.ofMillis(-1)).build())
        .hasMessageStartingWith("maxWait must be between 1 ms");
    assertThatThrownBy(() -> ImpressionJoinConfig.builder().labels(Map.of("click", 0f)).build())
        .hasMessageStartingWith("label of click must be in (0.0, ");
    assertThatThrownBy(() -> ImpressionJoinConfig.builder().labels(Map.of()).build())
        .hasMessage("labels must be given for one type at least, got {}");
  }
}
