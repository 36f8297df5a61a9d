/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.MovieLensParser;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.event.RecordParser;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class EventFunctionsTest {
  private final Map<String, Metric> metrics = new HashMap<>();

  @Test
  void goodLinesBecomeRecordsAndBadOnesDeadLetters() throws Exception {
    try (var harness = harness(ParseFunction.interactions(new MovieLensParser()))) {
      harness.processElement("userId,movieId,rating,timestamp", 1);
      harness.processElement("1::2::4.5::10", 2);
      harness.processElement("1::2::abc::10", 3);
      harness.processElement(new StreamRecord<>("::2::4::10"));
      harness.processElement(new StreamRecord<>(null));
      assertThat(harness.extractOutputValues())
          .containsExactly(new Interaction("1", "2", "rating", 4.5, 10_000));
      assertThat(deadLetters(harness))
          .containsExactly(
              new DeadLetter("parse", "rating must be a number, got abc", "1::2::abc::10", 3),
              new DeadLetter(
                  "parse", "userId must be a non-empty string, got \"\"", "::2::4::10", -1),
              new DeadLetter("parse", "line must be given, got null", "null", -1));
      assertThat(counted(MetricNames.MALFORMED_RECORDS)).isEqualTo(3);
    }
  }

  @Test
  void aParserOrRuleThatFailsNeverFailsTheJob() throws Exception {
    RecordParser<Interaction> broken =
        line -> {
          if (line.equals("endless")) {
            return endless(line);
          }
          if (line.equals("broken")) {
            throw new IllegalStateException("bug");
          }
          return Interaction.click("u", "i", 1);
        };
    RecordRule<Interaction> brokenRule =
        record -> {
          throw new NullPointerException("rule");
        };
    var function = new ParseFunction<>(Interaction.class, broken, brokenRule);
    try (var harness = harness(function)) {
      harness.processElement("endless", 1);
      harness.processElement("broken", 1);
      harness.processElement("refused", 1);
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(deadLetters(harness))
          .extracting(DeadLetter::reason)
          .containsExactly(
              "line must be parseable, got java.lang.StackOverflowError",
              "line must be parseable, got java.lang.IllegalStateException: bug",
              "line must be parseable, got java.lang.NullPointerException: rule");
      assertThat(counted(MetricNames.MALFORMED_RECORDS)).isEqualTo(3);
    }
  }

  private static Interaction endless(String line) {
    return endless(line + "");
  }

  @Test
  void withoutARuleWhateverParsesPasses() throws Exception {
    var function =
        new ParseFunction<>(Interaction.class, new JsonRecordParser<>(Interaction.class));
    try (var harness = harness(function)) {
      harness.processElement("{\"userId\":\"\",\"itemId\":\"i\",\"timestampMillis\":5}", 1);
      assertThat(harness.extractOutputValues()).containsExactly(Interaction.click("", "i", 5));
    }
  }

  @Test
  void invalidRecordsBecomeDeadLetters() throws Exception {
    Interaction good = Interaction.click("u", "i", 5);
    Interaction bad = new Interaction("u", "i", "view", Double.NaN, 5);
    try (var harness = harness(ValidateFunction.interactions())) {
      harness.processElement(good, 5);
      harness.processElement(bad, 6);
      assertThat(harness.extractOutputValues()).containsExactly(good);
      assertThat(deadLetters(harness))
          .containsExactly(
              new DeadLetter("validate", "weight must be finite, got NaN", bad.toString(), 6));
      assertThat(counted(MetricNames.INVALID_RECORDS)).isEqualTo(1);
    }
  }

  @Test
  void anInteractionOfTheFutureIsADeadLetterUnlessAnyTimeIsAllowed() throws Exception {
    Interaction in2099 = Interaction.click("u", "i", 4_070_908_800_000L);
    Interaction in10000 = Interaction.click("u", "i", 253_402_300_800_000L);
    Interaction soon = Interaction.click("u", "i", System.currentTimeMillis() + 3_600_000);
    try (var harness = harness(ValidateFunction.interactions())) {
      harness.processElement(in2099, 5);
      harness.processElement(soon, 6);
      assertThat(harness.extractOutputValues()).containsExactly(soon);
      assertThat(deadLetters(harness))
          .extracting(DeadLetter::reason)
          .containsExactly(
              "timestampMillis must be at most PT24H ahead of the clock, got 4070908800000");
    }
    try (var harness = harness(ValidateFunction.interactions(Duration.ZERO))) {
      harness.processElement(in2099, 5);
      harness.processElement(in10000, 6);
      assertThat(harness.extractOutputValues()).containsExactly(in2099);
      assertThat(deadLetters(harness))
          .extracting(DeadLetter::reason)
          .containsExactly("timestampMillis must be before the year 10000, got 253402300800000");
    }
  }

  @Test
  void requestsAndMetadataOfTheFutureAreDeadLettersToo() throws Exception {
    long in2099 = 4_070_908_800_000L;
    RecommendationRequest request = new RecommendationRequest("u", 10, null, in2099);
    ItemMetadata metadata = new ItemMetadata("i", Attributes.NONE, Features.NONE, in2099);
    String reason = "timestampMillis must be at most PT24H ahead of the clock, got " + in2099;
    try (var harness = harness(ValidateFunction.requests())) {
      harness.processElement(request, 5);
      assertThat(deadLetters(harness)).extracting(DeadLetter::reason).containsExactly(reason);
    }
    try (var harness = harness(ValidateFunction.requests(Duration.ZERO))) {
      harness.processElement(request, 5);
      assertThat(harness.extractOutputValues()).containsExactly(request);
    }
    try (var harness = harness(ValidateFunction.itemMetadata())) {
      harness.processElement(metadata, 5);
      assertThat(deadLetters(harness)).extracting(DeadLetter::reason).containsExactly(reason);
    }
    try (var harness = harness(ValidateFunction.itemMetadata(Duration.ZERO))) {
      harness.processElement(metadata, 5);
      assertThat(harness.extractOutputValues()).containsExactly(metadata);
    }
    UserProfile profile = new UserProfile("u", Attributes.NONE, Features.NONE, in2099);
    assertThat(RecordRules.userProfiles(Duration.ofDays(1)).apply(profile)).isEqualTo(reason);
    assertThat(RecordRules.userProfiles(Duration.ZERO).apply(profile)).isNull();
    assertThat(RecordRules.userProfiles(Duration.ZERO).apply(null)).contains("profile must be");
  }

  @Test
  void requestsAndMetadataAreValidatedToo() throws Exception {
    RecommendationRequest request = new RecommendationRequest("u", 10, null, 5);
    try (var harness = harness(ValidateFunction.requests())) {
      harness.processElement(request, 5);
      harness.processElement(new RecommendationRequest("u", 0, null, 5), 5);
      assertThat(harness.extractOutputValues()).containsExactly(request);
      assertThat(deadLetters(harness))
          .extracting(DeadLetter::reason)
          .containsExactly("k must be between 1 and 1000, got 0");
    }
    ItemMetadata metadata = new ItemMetadata("i", Attributes.NONE, Features.NONE, 5);
    try (var harness = harness(ValidateFunction.itemMetadata())) {
      harness.processElement(metadata, 5);
      harness.processElement(new ItemMetadata("i", null, Features.NONE, 5), 5);
      harness.processElement(
          new ItemMetadata("i", new Attributes(new String[1], null), Features.NONE, 5), 5);
      assertThat(harness.extractOutputValues()).containsExactly(metadata);
      assertThat(deadLetters(harness)).hasSize(2);
    }
  }

  @Test
  void aRuleThatThrowsRefuses() throws Exception {
    RecordRule<Interaction> broken =
        record -> {
          throw new IllegalStateException("bug");
        };
    try (var harness = harness(new ValidateFunction<>(Interaction.class, broken))) {
      harness.processElement(Interaction.click("u", "i", 5), 5);
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(deadLetters(harness))
          .extracting(DeadLetter::reason)
          .containsExactly("record must be checkable, got java.lang.IllegalStateException: bug");
    }
  }

  @Test
  void functionsTellTheirTypeAndCheckTheirArguments() {
    assertThat(ParseFunction.interactions(new MovieLensParser()).getProducedType())
        .isEqualTo(TypeInformation.of(Interaction.class));
    assertThat(ValidateFunction.requests().getProducedType())
        .isEqualTo(TypeInformation.of(RecommendationRequest.class));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParseFunction.interactions(null))
        .withMessage("parser must be given, got null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ValidateFunction<>(Interaction.class, null))
        .withMessage("rule must be given, got null");
  }

  private <I, O> OneInputStreamOperatorTestHarness<I, O> harness(ProcessFunction<I, O> function)
      throws Exception {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer((metric, name, group) -> metrics.put(name, metric))
            .build();
    var task =
        TaskManagerMetricGroup.createTaskManagerMetricGroup(
                registry, "localhost", ResourceID.generate())
            .addJob(new JobID(), "job")
            .addTask(ExecutionAttemptID.randomId(), "task");
    var harness =
        new OneInputStreamOperatorTestHarness<I, O>(
            new ProcessOperator<>(function),
            new MockEnvironmentBuilder().setMetricGroup(task).build());
    harness.open();
    return harness;
  }

  private static List<DeadLetter> deadLetters(OneInputStreamOperatorTestHarness<?, ?> harness) {
    return harness.getSideOutput(DeadLetter.TAG).stream().map(StreamRecord::getValue).toList();
  }

  private long counted(String counter) {
    return ((Counter) metrics.get(counter)).getCount();
  }
}
