/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.flinkrecsys.fuzz.InputRules;

/** Models know neither sources nor stages; this module knows core and operators, and no other. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule oneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("model")
          .definedBy("..inference.model..")
          .layer("sequence")
          .definedBy("..inference.sequence..")
          .layer("ranking")
          .definedBy("..inference.ranking..")
          .whereLayer("ranking")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("sequence")
          .mayOnlyBeAccessedByLayers("ranking")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("sequence", "ranking");

  /** A model must be usable from SQL too. */
  @ArchTest
  static final ArchRule modelsKnowNoStreams =
      noClasses()
          .that()
          .resideInAnyPackage("..inference.model..", "..inference.sequence..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink.streaming..", "io.github.flinkrecsys.operators..");

  @ArchTest
  static final ArchRule onlyModelsKnowTheRuntime =
      noClasses()
          .that()
          .resideOutsideOfPackage("..inference.model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule knowsNoStoreNoTablesAndNoModuleBesideIt =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.apache.flink.connector.kafka..",
              "org.apache.flink.table..",
              "io.lettuce..",
              "redis.clients..",
              "io.github.flinkrecsys.connectors..",
              "io.github.flinkrecsys.sql..",
              "io.github.flinkrecsys.examples..",
              "io.github.flinkrecsys.benchmarks..");

  @ArchTest static final ArchRule inputChoosesNoCode = InputRules.INPUT_CHOOSES_NO_CODE;

  @ArchTest
  static final ArchRule noCycles = slices().matching("..inference.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyClassHasItsPlace =
      classes()
          .should()
          .resideInAnyPackage(
              "..inference.model..", "..inference.sequence..", "..inference.ranking..");
}
