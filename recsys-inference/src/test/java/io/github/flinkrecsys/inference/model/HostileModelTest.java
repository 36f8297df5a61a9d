/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.inference.testing.HostileModels;
import io.github.flinkrecsys.inference.testing.HostileModels.Seed;
import io.github.flinkrecsys.inference.testing.OnnxGraph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile models and contracts: a model that runs as its contract says, or one line that names the
 * file. What ends the process ends this test's, too.
 */
class HostileModelTest {
  private static final List<Seed> SEEDS = HostileModels.seeds();
  private static final ModelContract SCORE =
      ModelContract.of(TensorSpec.floats("score", 3), TensorSpec.floats("features", 3));

  @TempDir private Path folder;

  private record Input(byte[] model, ModelContract contract) {
    @Override
    public String toString() {
      return contract + " " + new String(model, StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void models() {
    Fuzz.run(
        "model in ONNX",
        1_000,
        random -> {
          Seed seed = SEEDS.get(random.nextInt(SEEDS.size()));
          return new Input(HostileModels.changed(seed.model(), random), seed.contract());
        },
        this::accepts);
  }

  @Test
  void contracts() {
    Fuzz.run(
        "contract of a model",
        300,
        random -> {
          Seed seed = SEEDS.get(random.nextInt(SEEDS.size()));
          return new Input(seed.model(), changed(seed.contract(), random));
        },
        this::accepts);
  }

  private boolean accepts(Input input) throws IOException {
    Path file = Files.write(folder.resolve("model"), input.model);
    ModelVersion version = new ModelVersion(1, file.toString());
    try (OnnxModel model = OnnxModel.load(version, input.contract, ModelLimits.DEFAULT)) {
      RowBatch rows = new RowBatch(input.contract);
      for (int n = 0; n < input.contract.inputs().size(); n++) {
        int width = input.contract.inputs().get(n).width();
        if (rows.type(n) == ElementType.FLOAT) {
          rows.add(n, new float[width], 0);
        } else {
          rows.add(n, new long[width]);
        }
      }
      assertThat(model.run(rows)).hasSize(input.contract.output().width());
      return true;
    } catch (ModelException e) {
      assertThat(e.getMessage())
          .startsWith("model " + file + " (version 1) ")
          .hasSizeLessThan(file.toString().length() + 1_100);
      assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl);
      return false;
    }
  }

  /** Other names, types, widths and columns; sometimes none that differ. */
  private static ModelContract changed(ModelContract contract, Random random) {
    List<TensorSpec> inputs = new ArrayList<>();
    for (TensorSpec input : contract.inputs()) {
      inputs.add(changed(input, random));
    }
    if (random.nextInt(4) == 0) {
      inputs.add(TensorSpec.floats("more", 1 + random.nextInt(1_000)));
    }
    TensorSpec output = changed(contract.output(), random);
    return new ModelContract(
        inputs, new TensorSpec(output.name(), ElementType.FLOAT, output.width(), List.of()));
  }

  private static TensorSpec changed(TensorSpec tensor, Random random) {
    int[] widths = {1, 2, 3, 4, 1_000, 1_000_000, TensorSpec.MAX_WIDTH};
    String[] names = {"score", "features", "sum", "a\nb", "\u0000", "x".repeat(1 << 20)};
    return switch (random.nextInt(7)) {
      case 0 -> TensorSpec.floats(tensor.name(), widths[random.nextInt(widths.length)]);
      case 1 -> TensorSpec.indices(tensor.name(), widths[random.nextInt(4)]);
      case 2 -> TensorSpec.floats(names[random.nextInt(names.length)], tensor.width());
      case 3 -> TensorSpec.features(tensor.name(), names[random.nextInt(names.length)] + "!", "b");
      default -> tensor;
    };
  }

  /** The runtime looks for some of them below the working directory of the process. */
  @Test
  void weightsInOtherFilesAreRefused() throws Exception {
    for (String location : List.of("weights", "../weights", "/etc/hosts", "/dev/zero")) {
      refuses(
          new OnnxGraph()
              .input("features", -1, 3)
              .weightsIn(location, "w", 3)
              .node("Mul", "score", "features", "w")
              .output("score", -1, 3),
          "must hold all of its weights, has some in another file: export it with external_data=False");
    }
  }

  @Test
  void weightsOfAnInnerGraphInOtherFilesAreRefused() throws Exception {
    OnnxGraph inner =
        new OnnxGraph()
            .weightsIn("weights", "w", 3)
            .node("Mul", "o", "features", "w")
            .output("o", -1, 3);
    refuses(
        new OnnxGraph()
            .input("features", -1, 3)
            .nodeOf("If", "score", Map.of("then_branch", inner, "else_branch", inner), "features")
            .output("score", -1, 3),
        "must hold all of its weights, has some in another file: export it with external_data=False");
  }

  /** 2 KB, which the runtime would look at for minutes. */
  @Test
  void graphsFarInsideOneAnotherAreRefused() throws Exception {
    OnnxGraph inner = new OnnxGraph().node("Relu", "o", "features").output("o", -1, 3);
    for (int depth = 1; depth < ModelBytes.MAX_GRAPHS; depth++) {
      inner =
          new OnnxGraph()
              .nodeOf("If", "o", Map.of("then_branch", inner, "else_branch", inner), "c")
              .output("o", -1, 3);
    }
    refuses(
        new OnnxGraph()
            .input("features", -1, 3)
            .nodeOf("If", "score", Map.of("then_branch", inner, "else_branch", inner), "c")
            .output("score", -1, 3),
        "must have at most 9 graphs inside one another");
  }

  /** A call of other inputs than its function has ends the process, in ONNX Runtime 1.28. */
  @Test
  void functionsOfAModelAreRefused() throws Exception {
    refuses(
        new OnnxGraph()
            .input("features", -1, 3)
            .call("f", "score", "features")
            .output("score", -1, 3)
            .function("f", new OnnxGraph().node("Relu", "y", "x")),
        "must be without functions of its own, has one: inline them");
  }

  /** Before it is opened: to open a pipe would wait for somebody who writes. */
  @Test
  void whatIsNoFileIsRefused() {
    for (String device : List.of("/dev/zero", "/dev/stdin")) {
      assertThatThrownBy(
              () -> OnnxModel.load(new ModelVersion(1, device), SCORE, ModelLimits.DEFAULT))
          .hasMessage("model " + device + " (version 1) must not be empty");
    }
  }

  private void refuses(OnnxGraph graph, String problem) {
    assertThatThrownBy(() -> load(graph).close())
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("(version 1) " + problem);
  }

  private OnnxModel load(OnnxGraph graph) throws IOException {
    Path file = graph.write(folder.resolve("model"));
    return OnnxModel.load(new ModelVersion(1, file.toString()), SCORE, ModelLimits.DEFAULT);
  }
}
