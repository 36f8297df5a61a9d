/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.flinkrecsys.fuzz.InputRules;

/** The arrow of data flow: a package imports only from its left. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule inputChoosesNoCode = InputRules.INPUT_CHOOSES_NO_CODE;

  @ArchTest
  static final ArchRule oneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("event")
          .definedBy("..core.event..")
          .layer("session")
          .definedBy("..core.session..")
          .layer("feature")
          .definedBy("..core.feature..")
          .layer("graph")
          .definedBy("..core.graph..")
          .layer("replica")
          .definedBy("..core.replica..")
          .layer("rule")
          .definedBy("..core.rule..")
          .layer("catalog")
          .definedBy("..core.catalog..")
          .layer("factorization")
          .definedBy("..core.factorization..")
          .layer("als")
          .definedBy("..core.als..")
          .layer("neighbor")
          .definedBy("..core.neighbor..")
          .layer("ranking")
          .definedBy("..core.ranking..")
          .layer("evaluation")
          .definedBy("..core.evaluation..")
          .whereLayer("evaluation")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("ranking")
          .mayOnlyBeAccessedByLayers("evaluation")
          .whereLayer("rule")
          .mayOnlyBeAccessedByLayers("ranking", "evaluation")
          .whereLayer("catalog")
          .mayOnlyBeAccessedByLayers("ranking", "evaluation")
          .whereLayer("factorization")
          .mayOnlyBeAccessedByLayers("ranking", "evaluation")
          .whereLayer("als")
          .mayOnlyBeAccessedByLayers("ranking", "evaluation")
          .whereLayer("neighbor")
          .mayOnlyBeAccessedByLayers("ranking", "evaluation")
          .whereLayer("graph")
          .mayOnlyBeAccessedByLayers("ranking", "evaluation")
          .whereLayer("replica")
          .mayOnlyBeAccessedByLayers(
              "catalog", "factorization", "als", "neighbor", "ranking", "evaluation")
          .whereLayer("feature")
          .mayOnlyBeAccessedByLayers(
              "replica", "catalog", "factorization", "als", "neighbor", "ranking", "evaluation")
          .whereLayer("session")
          .mayOnlyBeAccessedByLayers("ranking");

  @ArchTest
  static final ArchRule helpersKnowNobody =
      noClasses()
          .that()
          .resideInAnyPackage("..core.util..", "..core.vector..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..core.event..",
              "..core.session..",
              "..core.feature..",
              "..core.rule..",
              "..core.replica..",
              "..core.catalog..",
              "..core.factorization..",
              "..core.als..",
              "..core.graph..",
              "..core.neighbor..",
              "..core.ranking..",
              "..core.evaluation..");

  @ArchTest
  static final ArchRule knowsNoFlinkAndNoLoggingFramework =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink..", "com.fasterxml..", "org.slf4j..", "org.apache.logging..");

  @ArchTest
  static final ArchRule noCycles = slices().matching("..core.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyClassHasItsPlace =
      classes()
          .should()
          .resideInAnyPackage(
              "..core.event..",
              "..core.session..",
              "..core.feature..",
              "..core.rule..",
              "..core.replica..",
              "..core.catalog..",
              "..core.factorization..",
              "..core.als..",
              "..core.graph..",
              "..core.neighbor..",
              "..core.ranking..",
              "..core.evaluation..",
              "..core.util..",
              "..core.vector..");
}
