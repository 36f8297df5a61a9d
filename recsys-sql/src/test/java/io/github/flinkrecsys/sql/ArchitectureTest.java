/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.flinkrecsys.fuzz.InputRules;

@AnalyzeClasses(
    packages = "io.github.flinkrecsys.sql",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycle =
      slices().matching("io.github.flinkrecsys.sql.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule functionsKnowNoPlannerAndNoConnector =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink.table.planner..",
              "org.apache.flink.table.runtime..",
              "io.github.flinkrecsys.connectors..");

  @ArchTest static final ArchRule inputChoosesNoCode = InputRules.INPUT_CHOOSES_NO_CODE;

  /** A job without models runs without them on its class path. */
  @ArchTest
  static final ArchRule onlyOnePackageKnowsModels =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.github.flinkrecsys.sql.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.github.flinkrecsys.inference..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule itKnowsModelsAndNotTheirStages =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.github.flinkrecsys.inference.ranking..",
              "io.github.flinkrecsys.inference.sequence..",
              "ai.onnxruntime..");
}
