/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Models of PyTorch and TensorFlow for {@code ML_PREDICT}: the columns of a {@code CREATE MODEL}
 * statement become the inputs and the output of an ONNX model. The only package that knows
 * recsys-inference, which a job without models does not need.
 */
package io.github.flinkrecsys.sql.model;
