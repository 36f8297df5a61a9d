/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Calls the constructors of settings, which are records, with good arguments of which some are
 * replaced by hostile ones. Settings must be made, or refused in one clear line.
 */
public final class HostileSettings {
  private static final int MAX_MESSAGE = 500;
  private static final List<Object> NUMBERS =
      List.of(
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          -Double.MAX_VALUE,
          -0.0,
          -1,
          0,
          1,
          2,
          1e-9,
          65_537,
          Integer.MIN_VALUE,
          Integer.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MAX_VALUE);
  private static final List<String> TEXTS =
      Arrays.asList(
          null,
          "",
          " ",
          "a",
          "a b",
          "{}",
          ":",
          "a:",
          ":1",
          "a:99999",
          "[::1]:1",
          "\u0000",
          "\n",
          "\uD800",
          "x".repeat(1 << 20));
  private static final List<Duration> DURATIONS =
      Arrays.asList(
          null,
          Duration.ZERO,
          Duration.ofNanos(1),
          Duration.ofMillis(1),
          Duration.ofMillis(-1),
          Duration.ofDays(1),
          Duration.ofDays(1_000_000),
          Duration.ofMillis(Long.MAX_VALUE),
          Duration.ofSeconds(Long.MAX_VALUE),
          Duration.ofSeconds(Long.MIN_VALUE));

  private HostileSettings() {}

  /** A call: which settings, and with what. */
  public record Call(Record good, Object[] arguments) {
    @Override
    public String toString() {
      String text = good.getClass().getSimpleName() + Arrays.deepToString(arguments);
      return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE);
    }
  }

  /** Makes a call from good settings, one of them by turns. */
  public static Call call(List<? extends Record> goods, Random random) {
    Record good = goods.get(random.nextInt(goods.size()));
    RecordComponent[] components = good.getClass().getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = valueOf(good, components[i]);
    }
    for (int n = random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(components.length);
      arguments[at] = hostile(components[at].getType(), arguments[at], random);
    }
    return new Call(good, arguments);
  }

  /** Makes the settings; false if they are refused as they should be. */
  public static boolean accepts(Call call) throws Throwable {
    try {
      Object made = canonical(call.good().getClass()).newInstance(call.arguments());
      if (made.toString().isEmpty() || !made.equals(made) || made.hashCode() != made.hashCode()) {
        throw new AssertionError("settings must equal themselves, got " + made);
      }
      return true;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        String message = String.valueOf(refusal.getMessage());
        if (message.matches("(?s).+ must .+, got .*") && message.length() <= MAX_MESSAGE) {
          return false;
        }
      }
      throw e.getCause();
    }
  }

  private static Object valueOf(Record good, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(good);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Constructor<?> canonical(Class<?> type) throws NoSuchMethodException {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor;
  }

  private static Object hostile(Class<?> type, Object good, Random random) {
    if (type == boolean.class) {
      return random.nextBoolean();
    }
    if (type == char.class) {
      return (char) random.nextInt(0x10000);
    }
    if (type.isPrimitive()) {
      return number(type, (Number) any(NUMBERS, random));
    }
    if (type == String.class) {
      return any(TEXTS, random);
    }
    if (type == Duration.class) {
      return any(DURATIONS, random);
    }
    if (type.isEnum()) {
      return random.nextInt(4) == 0 ? null : any(List.of(type.getEnumConstants()), random);
    }
    return random.nextInt(3) == 0 ? null : collection(type, good, random);
  }

  /** Every settings class of a package and those below must be among the good ones. */
  public static void assertNoConfigIsLeftOut(Class<?> root, List<? extends Record> good) {
    Set<String> all =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackagesOf(root).stream()
                .filter(type -> type.getSimpleName().endsWith("Config"))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    assertThat(good.stream().map(config -> config.getClass().getName()).collect(Collectors.toSet()))
        .containsAll(all);
  }

  private static Object number(Class<?> type, Number number) {
    if (type == double.class) {
      return number.doubleValue();
    }
    if (type == float.class) {
      return number.floatValue();
    }
    return type == long.class ? (Object) number.longValue() : (Object) number.intValue();
  }

  /** None, one that is null, or too many; what is no collection stays. */
  private static Object collection(Class<?> type, Object good, Random random) {
    int kind = random.nextInt(3);
    if (type == List.class) {
      List<Object> some = new ArrayList<>();
      for (int n = kind == 0 ? 0 : kind == 1 ? 1 : 2_000; n > 0; n--) {
        some.add(good instanceof List<?> list && kind == 2 && !list.isEmpty() ? list.get(0) : null);
      }
      return some;
    }
    if (good instanceof Map<?, ?> map) {
      Map<Object, Object> some = new HashMap<>(kind == 0 ? Map.of() : map);
      if (kind == 1) {
        some.put(random.nextBoolean() ? null : "a", null);
      }
      return some;
    }
    return good;
  }

  private static <T> T any(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}
