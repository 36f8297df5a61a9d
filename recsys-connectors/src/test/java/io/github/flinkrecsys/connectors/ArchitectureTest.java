/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.flinkrecsys.fuzz.InputRules;

/** Each store has a package; a store knows records and formats, not how they come about. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule inputChoosesNoCode = InputRules.INPUT_CHOOSES_NO_CODE;

  @ArchTest
  static final ArchRule everyClassHasItsPlace =
      classes().should().resideInAPackage("..connectors.redis..");

  @ArchTest
  static final ArchRule knowsTypesAndFormatsOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..operators.pipeline..",
              "..operators.replica..",
              "..operators.ranking..",
              "..operators.evaluation..",
              "org.apache.kafka..",
              "org.apache.flink.table..",
              "org.apache.flink.streaming..");
}
