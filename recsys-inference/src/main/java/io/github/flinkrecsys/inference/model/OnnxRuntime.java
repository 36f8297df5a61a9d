/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts ONNX Runtime, one for the process, so that no version of it ends the process. */
final class OnnxRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);

  /**
   * From version 1.29 on the runtime searches the process' command line by recursion when it
   * starts, about 200 bytes of stack for a character. The stack of a task, 1 MiB, is too small for
   * a long class path, and the process would end without a report. Pages that are not touched take
   * no memory.
   */
  private static final long STACK_BYTES = 256L << 20;

  private static OrtEnvironment started;

  private OnnxRuntime() {}

  static synchronized OrtEnvironment environment() {
    if (started == null) {
      started = start();
    }
    return started;
  }

  private static OrtEnvironment start() {
    FutureTask<OrtEnvironment> start = new FutureTask<>(OnnxRuntime::withoutTelemetry);
    new Thread(null, start, "onnx-runtime-start", STACK_BYTES).start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return start.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("ONNX Runtime cannot be started: " + e.getCause(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static OrtEnvironment withoutTelemetry() {
    // Failures are thrown. What a file makes the runtime print besides would not be one line.
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    try {
      environment.setTelemetry(false);
    } catch (OrtException e) {
      LOG.warn("Telemetry of ONNX Runtime cannot be switched off", e);
    }
    return environment;
  }
}
