/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.flinkrecsys.fuzz.InputRules;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The arrow of data flow: a package imports only from its left; the pipeline assembles them all.
 */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule inputChoosesNoCode = InputRules.INPUT_CHOOSES_NO_CODE;

  /** A serializer of our own would be versioned by hand, and no test of state would see it. */
  @ArchTest
  static final ArchRule onlyFlinkSerializes =
      noClasses()
          .should()
          .beAssignableTo(TypeSerializer.class)
          .orShould()
          .beAssignableTo(TypeSerializerSnapshot.class)
          .orShould()
          .beAssignableTo(SimpleVersionedSerializer.class);

  @ArchTest
  static final ArchRule oneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("event")
          .definedBy("..operators.event..")
          .layer("session")
          .definedBy("..operators.session..")
          .layer("feature")
          .definedBy("..operators.feature..")
          .layer("replica")
          .definedBy("..operators.replica..")
          .layer("catalog")
          .definedBy("..operators.catalog..")
          .layer("factorization")
          .definedBy("..operators.factorization..")
          .layer("neighbor")
          .definedBy("..operators.neighbor..")
          .layer("graph")
          .definedBy("..operators.graph..")
          .layer("ranking")
          .definedBy("..operators.ranking..")
          .layer("evaluation")
          .definedBy("..operators.evaluation..")
          .layer("als")
          .definedBy("..operators.als..")
          .layer("pipeline")
          .definedBy("..operators.pipeline..")
          .whereLayer("pipeline")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("als")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("evaluation")
          .mayOnlyBeAccessedByLayers("pipeline")
          .whereLayer("ranking")
          .mayOnlyBeAccessedByLayers("evaluation", "pipeline")
          .whereLayer("neighbor")
          .mayOnlyBeAccessedByLayers("ranking", "evaluation", "pipeline")
          .whereLayer("graph")
          .mayOnlyBeAccessedByLayers("pipeline")
          .whereLayer("catalog")
          .mayOnlyBeAccessedByLayers("pipeline")
          .whereLayer("factorization")
          .mayOnlyBeAccessedByLayers("ranking", "evaluation", "pipeline")
          .whereLayer("replica")
          .mayOnlyBeAccessedByLayers(
              "catalog", "factorization", "neighbor", "graph", "ranking", "evaluation", "pipeline")
          .whereLayer("feature")
          .mayOnlyBeAccessedByLayers("pipeline")
          .whereLayer("session")
          .mayOnlyBeAccessedByLayers("neighbor", "pipeline");

  @ArchTest
  static final ArchRule knowsNoStoreNoModelRuntimeNoTables =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "io.lettuce..",
              "redis.clients..",
              "ai.onnxruntime..",
              "org.apache.flink.table..",
              "org.apache.flink.connector.kafka..");

  @ArchTest
  static final ArchRule noCycles = slices().matching("..operators.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyClassHasItsPlace =
      classes()
          .should()
          .resideInAnyPackage(
              "..operators.als..",
              "..operators.event..",
              "..operators.session..",
              "..operators.feature..",
              "..operators.replica..",
              "..operators.catalog..",
              "..operators.factorization..",
              "..operators.neighbor..",
              "..operators.graph..",
              "..operators.ranking..",
              "..operators.evaluation..",
              "..operators.pipeline..",
              "..operators.util..");
}
