/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.savepoints.DocsPage;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.functions.FunctionDefinition;
import org.junit.jupiter.api.Test;

/** Functions, arguments and states of the code are those of docs/sql.md. */
class SqlPageTest {
  @Test
  void everyFunctionArgumentAndStateIsOnThePage() throws Exception {
    String page = Files.readString(DocsPage.of("sql.md"));
    List<String> missing = new ArrayList<>();
    int states = 0;
    for (String function : new RecsysModule().listFunctions()) {
      String name = function.toUpperCase(Locale.ROOT);
      if (!page.contains(name + "(") && !page.contains("`" + name + "`(")) {
        missing.add(function);
      }
      FunctionDefinition definition =
          new RecsysModule().getFunctionDefinition(function).orElseThrow();
      for (String state : names(definition.getClass(), true)) {
        states++;
        if (!page.contains("`" + state + "`")) {
          missing.add("state " + state + " of " + function);
        }
      }
      for (String argument : names(definition.getClass(), false)) {
        if (!page.matches("(?s).*" + name + "\\([^)]*\\b" + argument + "\\b.*")) {
          missing.add("argument " + argument + " of " + function);
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(states).isGreaterThan(10);
  }

  private static List<String> names(Class<?> function, boolean states) {
    List<String> names = new ArrayList<>();
    for (Method method : function.getMethods()) {
      for (Parameter parameter : method.getParameters()) {
        StateHint state = parameter.getAnnotation(StateHint.class);
        ArgumentHint argument = parameter.getAnnotation(ArgumentHint.class);
        if (states && state != null) {
          names.add(state.name());
        } else if (!states && argument != null) {
          names.add(argument.name());
        }
      }
    }
    return names;
  }
}
