/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares the names, types and shapes that a model declares with a contract. */
final class ContractCheck {
  private final List<String> mismatches = new ArrayList<>();

  private ContractCheck() {}

  /** Lists what does not fit, empty if everything does. */
  static List<String> mismatches(ModelContract contract, OrtSession session) throws OrtException {
    ContractCheck check = new ContractCheck();
    Map<String, NodeInfo> inputs = session.getInputInfo();
    OnnxModelMetadata metadata = session.getMetadata();
    for (TensorSpec wanted : contract.inputs()) {
      check.compare("input", wanted, inputs);
      check.compareColumns(wanted, metadata);
    }
    Set<String> unknown = new TreeSet<>(inputs.keySet());
    contract.inputs().forEach(wanted -> unknown.remove(wanted.name()));
    if (!unknown.isEmpty()) {
      check.mismatches.add("has inputs that nobody gives: " + unknown);
    }
    check.compare("output", contract.output(), session.getOutputInfo());
    check.compareColumns(contract.output(), metadata);
    return check.mismatches;
  }

  private void compare(String role, TensorSpec wanted, Map<String, NodeInfo> declared) {
    String what = role + " " + wanted.name();
    NodeInfo node = declared.get(wanted.name());
    if (node == null) {
      mismatches.add("has no " + what + ", but " + new TreeSet<>(declared.keySet()));
    } else if (!(node.getInfo() instanceof TensorInfo)) {
      mismatches.add(what + " must be a tensor, is " + node.getInfo());
    } else {
      compare(what, wanted, (TensorInfo) node.getInfo());
    }
  }

  private void compare(String what, TensorSpec wanted, TensorInfo declared) {
    OnnxJavaType type =
        wanted.type() == ElementType.FLOAT ? OnnxJavaType.FLOAT : OnnxJavaType.INT64;
    if (declared.type != type) {
      mismatches.add(what + " must be of type " + type + ", is of " + declared.type);
    }
    long[] shape = declared.getShape();
    if (!fits(shape, wanted.width())) {
      mismatches.add(
          what + " must have the shape [batch, " + wanted.width() + "], has " + text(shape));
    } else if (shape[0] != -1) {
      mismatches.add(
          what
              + " must leave its first dimension free, has "
              + text(shape)
              + ": export it with a dynamic batch size");
    }
  }

  /** A dimension of -1 is free; a trial run shows what it comes to. */
  private static boolean fits(long[] shape, int width) {
    return shape.length == 2 && (shape[1] == width || shape[1] == -1)
        || shape.length == 1 && width == 1;
  }

  private void compareColumns(TensorSpec wanted, OnnxModelMetadata metadata) {
    if (wanted.columns().isEmpty()) {
      return;
    }
    String key = TensorSpec.COLUMNS_KEY + wanted.name();
    String columns = String.join(",", wanted.columns());
    String declared = metadata.getCustomMetadata().get(key);
    if (!columns.equals(declared)) {
      mismatches.add(
          "metadata "
              + key
              + " must be "
              + columns
              + (declared == null ? ", is not there" : ", is " + declared));
    }
  }

  /** Names the inputs that are declared with one dimension. */
  static Set<String> flatInputs(OrtSession session) throws OrtException {
    Set<String> names = new TreeSet<>();
    for (NodeInfo node : session.getInputInfo().values()) {
      if (node.getInfo() instanceof TensorInfo tensor && tensor.getShape().length == 1) {
        names.add(node.getName());
      }
    }
    return names;
  }

  static String text(long[] shape) {
    return Arrays.toString(shape).replace("-1", "free");
  }
}
