/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.fuzz;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;

/** What no code may do that meets what comes from outside. */
public final class InputRules {
  /**
   * No Java deserialization, nothing that reads types or code named by the input, and nothing that
   * decompresses, so that there is no zip bomb either.
   */
  public static final ArchRule INPUT_CHOOSES_NO_CODE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.io\\.(ObjectInputStream.*|ObjectInput|Externalizable)"
                  + "|java\\.beans\\.XML.*|java\\.rmi\\..*|javax\\.(naming|script|xml)\\..*"
                  + "|java\\.util\\.zip\\.(Inflater.*|GZIP.*|Zip.*)|java\\.util\\.jar\\..*"
                  + "|com\\.fasterxml\\.jackson\\.annotation\\.JsonTypeInfo.*"
                  + "|com\\.fasterxml\\.jackson\\.databind\\.jsontype\\..*"
                  + "|com\\.esotericsoftware\\..*|org\\.yaml\\..*"
                  + "|org\\.apache\\.flink\\.util\\.InstantiationUtil")
          .orShould()
          .callMethodWhere(named("activateDefaultTyping|enableDefaultTyping|exec"))
          .because("what comes from outside must be data, and as large as it looks");

  private InputRules() {}

  private static DescribedPredicate<JavaMethodCall> named(String pattern) {
    return DescribedPredicate.describe(
        "named " + pattern, call -> call.getTarget().getName().matches(pattern));
  }
}
