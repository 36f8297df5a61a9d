/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.ProcessTableFunction.OnTimerContext;
import org.apache.flink.table.functions.ProcessTableFunction.TimeContext;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

/**
 * Drives a process table function as a task does, with one partition, its states and its timers,
 * and without a planner.
 */
final class PtfDriver {
  private static final int MAX_FIRED = 10_000;

  private final ProcessTableFunction<Row> function;
  private final Map<String, DataType> tables;
  private final Method eval;
  private final Method onTimer;
  private final List<Object> states = new ArrayList<>();
  private final Map<String, Long> timers = new HashMap<>();
  private final Map<String, SimpleCounter> counters = new HashMap<>();
  private final List<Row> output = new ArrayList<>();
  private long watermark = Long.MIN_VALUE;
  private long time;
  private long fired;

  /** Opens a function, with the types of its table arguments by their names. */
  PtfDriver(ProcessTableFunction<Row> function, Map<String, DataType> tables) throws Throwable {
    this.function = function;
    this.tables = tables;
    eval = method("eval");
    onTimer = method("onTimer");
    newStates();
    function.setCollector(new ListCollector<>(output));
    function.open(
        new FunctionContext(null) {
          @Override
          public MetricGroup getMetricGroup() {
            return new Counters();
          }
        });
  }

  private Method method(String name) {
    return Arrays.stream(function.getClass().getMethods())
        .filter(method -> method.getName().equals(name))
        .filter(method -> method.getDeclaringClass() == function.getClass())
        .findFirst()
        .orElse(null);
  }

  private void newStates() throws ReflectiveOperationException {
    states.clear();
    for (Parameter parameter : eval.getParameters()) {
      if (parameter.isAnnotationPresent(StateHint.class)) {
        states.add(parameter.getType().getConstructor().newInstance());
      }
    }
  }

  /** Gives a row to a table argument, and null to all others. */
  void row(String table, Row row, long at) throws Throwable {
    time = at;
    List<Object> arguments = new ArrayList<>(List.of(new Context(null)));
    arguments.addAll(states);
    for (Parameter parameter : eval.getParameters()) {
      ArgumentHint hint = parameter.getAnnotation(ArgumentHint.class);
      if (hint != null) {
        arguments.add(hint.name().equals(table) ? row : null);
      }
    }
    invoke(eval, arguments);
  }

  /** Moves the watermark on, and fires the timers that it passes, the earliest first. */
  void advance(long to) throws Throwable {
    watermark = Math.max(watermark, to);
    for (int fired = 0; ; fired++) {
      Map.Entry<String, Long> next =
          timers.entrySet().stream().min(Map.Entry.comparingByValue()).orElse(null);
      if (next == null || next.getValue() > watermark) {
        return;
      }
      if (fired == MAX_FIRED) {
        throw new AssertionError("timers must come to an end, got " + next);
      }
      timers.remove(next.getKey());
      this.fired++;
      time = next.getValue();
      List<Object> arguments = new ArrayList<>(List.of(new Context(next.getKey())));
      arguments.addAll(states);
      invoke(onTimer, arguments);
    }
  }

  private void invoke(Method method, List<Object> arguments) throws Throwable {
    try {
      method.invoke(function, arguments.toArray());
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  List<Row> output() {
    return output;
  }

  /** Counts the timers that have fired. */
  long fired() {
    return fired;
  }

  /** Counts what a metric of the function has counted. */
  long count(String metric) {
    return counters.containsKey(metric) ? counters.get(metric).getCount() : 0;
  }

  private final class Counters extends UnregisteredMetricsGroup {
    @Override
    public Counter counter(String name) {
      return counters.computeIfAbsent(name, n -> new SimpleCounter());
    }
  }

  private final class Context implements OnTimerContext {
    private final String timer;

    Context(String timer) {
      this.timer = timer;
    }

    @Override
    public String currentTimer() {
      return timer;
    }

    @Override
    public <T> TimeContext<T> timeContext(Class<T> type) {
      return new TimeContext<>() {
        @Override
        public T time() {
          return type.cast(time);
        }

        @Override
        public T tableWatermark() {
          return currentWatermark();
        }

        @Override
        public T currentWatermark() {
          return watermark == Long.MIN_VALUE ? null : type.cast(watermark);
        }

        @Override
        public void registerOnTime(String name, T at) {
          if ((Long) at < 0) {
            throw new AssertionError("timers must not overflow, got " + at);
          }
          timers.put(name, (Long) at);
        }

        @Override
        public void registerOnTime(T at) {
          registerOnTime("", at);
        }

        @Override
        public void clearTimer(String name) {
          timers.remove(name);
        }

        @Override
        public void clearTimer(T at) {
          timers.remove("");
        }

        @Override
        public void clearAllTimers() {
          timers.clear();
        }
      };
    }

    @Override
    public TableSemantics tableSemanticsFor(String argument) {
      return PtfContext.table(tables.get(argument));
    }

    @Override
    public void clearState(String name) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public void clearAllState() {
      try {
        newStates();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void clearAllTimers() {
      timers.clear();
    }

    @Override
    public void clearAll() {
      clearAllState();
      clearAllTimers();
    }

    @Override
    public ChangelogMode getChangelogMode() {
      return ChangelogMode.insertOnly();
    }
  }
}
