/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flinkrecsys.core.event.Interaction;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.clock.SystemClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionWatermarksTest {
  private final WatermarkStrategy<Interaction> strategy =
      InteractionWatermarks.of(Duration.ofMillis(100), Duration.ofSeconds(10));

  @Test
  void timestampsAreThoseOfTheInteractions() {
    assertThat(eventTime(Interaction.click("u", "i", 1234))).isEqualTo(1234);
    long soon = System.currentTimeMillis() + Duration.ofHours(23).toMillis();
    assertThat(eventTime(Interaction.click("u", "i", soon))).isEqualTo(soon);
  }

  @Test
  void aTimeFarAheadOfTheClockCountsOnlyWhereThatIsAllowed() {
    long in2099 = 4_070_908_800_000L;
    assertThat(eventTime(Interaction.click("u", "i", in2099))).isZero();
    WatermarkStrategy<Interaction> anyTime =
        InteractionWatermarks.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO);
    long last = 253_402_300_799_999L;
    var assigner = anyTime.createTimestampAssigner(null);
    assertThat(assigner.extractTimestamp(Interaction.click("u", "i", in2099), 0)).isEqualTo(in2099);
    assertThat(assigner.extractTimestamp(Interaction.click("u", "i", last), 0)).isEqualTo(last);
    assertThat(assigner.extractTimestamp(Interaction.click("u", "i", last + 1), 0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 253_402_300_800_000L, 4_070_908_800_000L})
  void badTimestampsDoNotMoveTheWatermark(long timestampMillis) {
    Recorder output = new Recorder();
    WatermarkGenerator<Interaction> generator = strategy.createWatermarkGenerator(context());
    emit(generator, Interaction.click("u", "i", 1000), output);
    emit(generator, Interaction.click("u", "i", timestampMillis), output);
    emit(generator, null, output);
    generator.onPeriodicEmit(output);
    assertThat(output.watermarks).containsExactly(new Watermark(899));
  }

  @Test
  void strategiesSurviveJavaSerialization() throws Exception {
    assertThat(
            InstantiationUtil.clone(strategy)
                .createTimestampAssigner(null)
                .extractTimestamp(Interaction.click("u", "i", 7), -1))
        .isEqualTo(7);
  }

  @Test
  void argumentsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InteractionWatermarks.of(Duration.ofMillis(-1), Duration.ofSeconds(1)))
        .withMessage("outOfOrderness must be between zero and 36500 days, got PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InteractionWatermarks.of(null, Duration.ofSeconds(1)))
        .withMessage("outOfOrderness must be given, got null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InteractionWatermarks.of(Duration.ZERO, Duration.ZERO))
        .withMessageStartingWith("idleness must be ");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                InteractionWatermarks.of(
                    Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(-1)))
        .withMessage("maxAhead must be between zero and 365000 days, got PT-0.001S");
    assertThat(InteractionWatermarks.of(Duration.ZERO, Duration.ofMillis(1))).isNotNull();
  }

  private void emit(WatermarkGenerator<Interaction> generator, Interaction event, Recorder output) {
    generator.onEvent(event, eventTime(event), output);
  }

  // A proxy, because what a context has differs between versions of Flink.
  private static WatermarkGeneratorSupplier.Context context() {
    Class<?> type = WatermarkGeneratorSupplier.Context.class;
    return (WatermarkGeneratorSupplier.Context)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                method.getReturnType().isInstance(SystemClock.getInstance())
                    ? SystemClock.getInstance()
                    : null);
  }

  private long eventTime(Interaction interaction) {
    return strategy.createTimestampAssigner(null).extractTimestamp(interaction, Long.MIN_VALUE);
  }

  private static final class Recorder implements WatermarkOutput {
    private final List<Watermark> watermarks = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      watermarks.add(watermark);
    }

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
  }
}
