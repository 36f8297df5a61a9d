/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model in ONNX Runtime, checked against its contract. Its memory lies outside the heap until it
 * is closed. Several threads may run it at once.
 *
 * <p>ONNX Runtime: <a href="https://onnxruntime.ai">onnxruntime.ai</a>; the format: <a
 * href="https://onnx.ai">onnx.ai</a>.
 */
public final class OnnxModel implements AutoCloseable {
  /** Values of the rows of a trial: two, so that a fixed batch is found out. */
  private static final float[] TRIAL_VALUES = {0.5f, 0.25f};

  /** More than batches of two sizes differ by rounding. */
  private static final float SAME_WITHIN = 1e-3f;

  /** Rows of one run; what a run takes outside the heap grows with them. */
  static final int MAX_RUN_ROWS = 4_096;

  private final ModelVersion version;
  private final ModelContract contract;
  private final long fileBytes;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Set<String> outputs;

  /** Inputs that are declared with one dimension. */
  private final Set<String> flat;

  private OnnxModel(
      ModelVersion version,
      ModelContract contract,
      long fileBytes,
      OrtEnvironment environment,
      OrtSession session) {
    this.flat = new HashSet<>();
    this.version = version;
    this.contract = contract;
    this.fileBytes = fileBytes;
    this.environment = environment;
    this.session = session;
    this.outputs = Set.of(contract.output().name());
  }

  /**
   * Loads a model, compares what it declares with the contract, and tries it on two rows of made-up
   * values (0.5 and 0.25, and index 0) and on the first of them alone.
   *
   * @param version which file
   * @param contract what it must take and give
   * @param limits what it may take of the process
   * @return the model, to be closed
   * @throws ModelException if the file is not there, is too large, is no model that this runtime
   *     can run, or does not fit the contract; or if the trial gives nothing but what is no number,
   *     or gives the first row something else beside the second
   */
  public static OnnxModel load(ModelVersion version, ModelContract contract, ModelLimits limits)
      throws ModelException {
    byte[] bytes = ModelFile.read(version, limits.maxFileBytes());
    ModelBytes.check(version, bytes);
    OrtEnvironment environment = OnnxRuntime.environment();
    OnnxModel model =
        new OnnxModel(
            version,
            contract,
            bytes.length,
            environment,
            open(environment, version, bytes, limits));
    try {
      model.check();
      return model;
    } catch (ModelException | RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  private static OrtSession open(
      OrtEnvironment environment, ModelVersion version, byte[] bytes, ModelLimits limits)
      throws ModelException {
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(limits.threads());
      options.setInterOpNumThreads(1);
      // Or the file chooses, and another of the runtime's parsers meets it.
      options.addConfigEntry("session.load_model_format", "ONNX");
      // A thread that spins while it waits takes the core of a task.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      // The arena keeps the memory of the largest batch ever for each thread; rows come in batches
      // of many sizes, so plans of memory by size would only grow.
      options.setMemoryPatternOptimization(false);
      // Failures are thrown; the runtime would print each of them besides.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return environment.createSession(bytes, options);
    } catch (OrtException e) {
      throw new ModelException(
          version, "is not a model that ONNX Runtime can run: " + e.getMessage(), e);
    }
  }

  private void check() throws ModelException {
    List<String> mismatches;
    try {
      mismatches = ContractCheck.mismatches(contract, session);
      flat.addAll(ContractCheck.flatInputs(session));
    } catch (OrtException e) {
      throw new ModelException(version, "does not tell its inputs: " + e.getMessage(), e);
    }
    if (!mismatches.isEmpty()) {
      throw new ModelException(version, String.join("; ", mismatches));
    }
    float[] together = run(trial(TRIAL_VALUES.length));
    float[] alone = run(trial(1));
    for (int i = 0; i < alone.length; i++) {
      if (!isSame(alone[i], together[i])) {
        throw new ModelException(
            version,
            "must give a row the same alone and beside another, gives "
                + alone[i]
                + " and "
                + together[i]
                + " on a trial");
      }
    }
    for (float value : together) {
      if (Float.isFinite(value)) {
        return;
      }
    }
    throw new ModelException(
        version, "must give finite numbers, gives " + together[0] + " alone on a trial");
  }

  private static boolean isSame(float a, float b) {
    return Float.compare(a, b) == 0
        || Math.abs(a - b) <= SAME_WITHIN * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
  }

  private RowBatch trial(int rows) {
    RowBatch trial = new RowBatch(contract);
    for (int row = 0; row < rows; row++) {
      for (int input = 0; input < contract.inputs().size(); input++) {
        int width = contract.inputs().get(input).width();
        if (trial.type(input) == ElementType.FLOAT) {
          float[] values = new float[width];
          Arrays.fill(values, TRIAL_VALUES[row]);
          trial.add(input, values, 0);
        } else {
          trial.add(input, new long[width]);
        }
      }
    }
    return trial;
  }

  /**
   * Runs the model; more than {@value #MAX_RUN_ROWS} rows in parts, one after the other.
   *
   * @param batch one row or more
   * @return the output, row by row, as wide as the contract says; may hold what is not a number
   * @throws ModelException if the run fails, or the output has another shape
   * @throws IllegalArgumentException if the batch is empty, or its inputs differ in length
   */
  public float[] run(RowBatch batch) throws ModelException {
    if (batch.rows() == 0) {
      throw new IllegalArgumentException("rows must be positive, got 0");
    }
    int rows = batch.rows();
    if (rows <= MAX_RUN_ROWS) {
      return run(batch, 0, rows);
    }
    int width = contract.output().width();
    if ((long) rows * width > ModelLimits.MAX_ARRAY) {
      throw new ModelException(
          version,
          "cannot be run on "
              + rows
              + " rows at once: an output of width "
              + width
              + " takes more than an array holds");
    }
    float[] values = new float[rows * width];
    for (int from = 0; from < rows; from += MAX_RUN_ROWS) {
      float[] part = run(batch, from, Math.min(from + MAX_RUN_ROWS, rows));
      System.arraycopy(part, 0, values, from * width, part.length);
    }
    return values;
  }

  private float[] run(RowBatch batch, int from, int to) throws ModelException {
    List<OnnxTensor> tensors = new ArrayList<>(contract.inputs().size());
    try {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      for (int i = 0; i < contract.inputs().size(); i++) {
        OnnxTensor tensor = tensor(batch, i, from, to);
        tensors.add(tensor);
        inputs.put(contract.inputs().get(i).name(), tensor);
      }
      try (OrtSession.Result result = session.run(inputs, outputs)) {
        return values(result.get(0), to - from);
      }
    } catch (OrtException e) {
      throw new ModelException(version, "cannot be run: " + e.getMessage(), e);
    } finally {
      tensors.forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(RowBatch batch, int input, int from, int to) throws OrtException {
    TensorSpec spec = contract.inputs().get(input);
    long[] shape = shape(spec, to - from);
    return spec.type() == ElementType.FLOAT
        ? OnnxTensor.createTensor(environment, batch.floats(input, from, to), shape)
        : OnnxTensor.createTensor(environment, batch.indices(input, from, to), shape);
  }

  /** An input of width 1 may be declared with one dimension or two. */
  private long[] shape(TensorSpec spec, int rows) {
    return flat.contains(spec.name()) ? new long[] {rows} : new long[] {rows, spec.width()};
  }

  private float[] values(OnnxValue value, int rows) throws ModelException {
    TensorSpec output = contract.output();
    long[] shape = ((OnnxTensor) value).getInfo().getShape();
    long elements = 1;
    for (long dimension : shape) {
      elements *= dimension;
    }
    if (shape.length == 0 || shape[0] != rows || elements != (long) rows * output.width()) {
      throw new ModelException(
          version,
          "output "
              + output.name()
              + " must have the shape ["
              + rows
              + ", "
              + output.width()
              + "] on "
              + rows
              + " rows, has "
              + ContractCheck.text(shape));
    }
    FloatBuffer buffer = ((OnnxTensor) value).getFloatBuffer();
    if (buffer.hasArray() && buffer.arrayOffset() == 0 && buffer.array().length == elements) {
      return buffer.array();
    }
    float[] values = new float[(int) elements];
    buffer.get(values);
    return values;
  }

  /**
   * Tells which file this is.
   *
   * @return path and version
   */
  public ModelVersion version() {
    return version;
  }

  /**
   * Tells what it takes and gives.
   *
   * @return the contract that it was loaded with
   */
  public ModelContract contract() {
    return contract;
  }

  /**
   * Counts the bytes of its file, about what its weights take outside the heap.
   *
   * @return bytes
   */
  public long fileBytes() {
    return fileBytes;
  }

  /** Frees its memory. No run may be going on, and none may follow. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(version + " cannot be closed", e);
    }
  }
}
