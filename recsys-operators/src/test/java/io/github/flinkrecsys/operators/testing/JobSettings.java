/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.testing;

import org.apache.flink.configuration.Configuration;

/** What every job of a test is to keep to. */
public final class JobSettings {
  private JobSettings() {}

  /** Settings that refuse Kryo and operators without a uid; more may be added. */
  public static Configuration strict() {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    return configuration;
  }
}
