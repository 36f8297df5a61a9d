/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.examples.JobOptions;
import io.github.flinkrecsys.examples.stream.ShopStreamConfig;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Checked settings of one run.
 *
 * @param input file, or null for the generated stream
 * @param inputFile what the file holds, or null
 * @param format of the file
 * @param minRating interactions of less weight are left out
 * @param shop the generated stream
 * @param window of the metrics
 * @param rate events per second, 0 for as fast as it goes
 * @param warmUp events at the start whose latency does not count
 * @param job how widely it runs
 * @param factors of the model
 * @param k items per list
 * @param judgedUsers share of users who are judged and whose choices the blend learns from
 * @param model file to start from, or null for none
 * @param sequence model of sequences that is a source too, or null for none
 * @param withRatings whether ratings are predicted too
 */
record QuickstartOptions(
    Path input,
    InputFile inputFile,
    InputFormat format,
    double minRating,
    ShopStreamConfig shop,
    Duration window,
    double rate,
    long warmUp,
    JobOptions job,
    int factors,
    int k,
    double judgedUsers,
    Path model,
    SequenceModelConfig sequence,
    boolean withRatings) {}
