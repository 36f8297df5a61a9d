/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.model;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModelProviderFactory;
import org.apache.flink.table.ml.ModelProvider;

/**
 * Lets {@code CREATE MODEL ... WITH ('provider' = 'recsys-onnx', ...)} find an ONNX model. Columns
 * and options are checked when a query with the model is planned; the file is read when the job
 * starts, by each task manager.
 *
 * <p>Found through {@code META-INF/services} and not through the module: a module's factory would
 * take the models of all other providers, too.
 */
public final class OnnxModelProviderFactory implements ModelProviderFactory {
  /** Name of the provider. */
  public static final String IDENTIFIER = "recsys-onnx";

  /** The file, by any of Flink's file systems. */
  public static final ConfigOption<String> PATH =
      ConfigOptions.key("path").stringType().noDefaultValue().withDescription("file of the model");

  /** Another file under the same path needs another version. */
  public static final ConfigOption<Long> VERSION =
      ConfigOptions.key("version")
          .longType()
          .defaultValue(1L)
          .withDescription("version of the file, 1 or more");

  /** The tensor that all input columns together are a row of. */
  public static final ConfigOption<String> INPUT =
      ConfigOptions.key("input")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "the only input of the model, whose features are the input columns in their order,"
                  + " with the names in the model's metadata; without it each column is an input");

  /** Largest file that is read. */
  public static final ConfigOption<MemorySize> MAX_FILE_SIZE =
      ConfigOptions.key("max-file-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(256))
          .withDescription("largest file that is read");

  /** Threads of a run. */
  public static final ConfigOption<Integer> THREADS =
      ConfigOptions.key("threads")
          .intType()
          .defaultValue(1)
          .withDescription("threads that a run computes with, the task's own among them");

  /** After the name of an array column: its elements. */
  static final String WIDTH = ".width";

  private static final String[] NEEDED_CLASSES = {
    "io.github.flinkrecsys.inference.model.OnnxModel", "ai.onnxruntime.OrtSession"
  };

  /** Makes the factory. */
  public OnnxModelProviderFactory() {}

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(PATH);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(VERSION, INPUT, MAX_FILE_SIZE, THREADS);
  }

  @Override
  public ModelProvider createModelProvider(Context context) {
    checkClassPath(context.getClassLoader());
    FactoryUtil.ModelProviderFactoryHelper helper =
        FactoryUtil.createModelProviderFactoryHelper(this, context);
    ReadableConfig options = helper.getOptions();
    try {
      ModelColumns columns = ModelColumns.of(context.getCatalogModel(), options.get(INPUT));
      String[] widths = columns.widthOptions();
      if (widths.length == 0) {
        helper.validate();
      } else {
        helper.validateExcept(widths);
      }
      return OnnxModelProvider.of(columns, options);
    } catch (IllegalArgumentException e) {
      throw new ValidationException(IDENTIFIER + ": " + e.getMessage(), e);
    }
  }

  /** recsys-inference is optional, and the jar for SQL clients is without ONNX Runtime. */
  private static void checkClassPath(ClassLoader classes) {
    for (String name : NEEDED_CLASSES) {
      try {
        Class.forName(name, false, classes);
      } catch (ClassNotFoundException e) {
        throw new ValidationException(
            IDENTIFIER
                + ": the jars recsys-inference and onnxruntime must be on the class path, "
                + name
                + " is not there",
            e);
      }
    }
  }
}
