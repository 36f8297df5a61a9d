/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrow of data flow: a package imports only from its left. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
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
          .layer("neighbor")
          .definedBy("..core.neighbor..")
          .layer("replica")
          .definedBy("..core.replica..")
          .layer("factorization")
          .definedBy("..core.factorization..")
          .layer("ranking")
          .definedBy("..core.ranking..")
          .layer("evaluation")
          .definedBy("..core.evaluation..")
          .whereLayer("evaluation")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("ranking")
          .mayOnlyBeAccessedByLayers("evaluation")
          .whereLayer("factorization")
          .mayOnlyBeAccessedByLayers("ranking", "evaluation")
          .whereLayer("neighbor")
          .mayOnlyBeAccessedByLayers("ranking", "evaluation")
          .whereLayer("replica")
          .mayOnlyBeAccessedByLayers("neighbor", "factorization", "ranking", "evaluation")
          .whereLayer("feature")
          .mayOnlyBeAccessedByLayers(
              "replica", "neighbor", "factorization", "ranking", "evaluation")
          .whereLayer("session")
          .mayNotBeAccessedByAnyLayer();

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
              "..core.replica..",
              "..core.neighbor..",
              "..core.factorization..",
              "..core.ranking..",
              "..core.evaluation..");

  @ArchTest
  static final ArchRule knowsNoFlinkAndNoLoggingFramework =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink..", "com.fasterxml..", "org.slf4j..", "org.apache.logging..");
}
