/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.model.ModelRole;

/**
 * What became of a change in one subtask.
 *
 * @param version of the model
 * @param path of the file
 * @param role that was asked for
 * @param accepted whether it is in effect; else everything is as before
 * @param problem why it was refused, empty if it was not
 * @param subtask that says so
 */
public record ModelStatus(
    long version, String path, ModelRole role, boolean accepted, String problem, int subtask) {}
