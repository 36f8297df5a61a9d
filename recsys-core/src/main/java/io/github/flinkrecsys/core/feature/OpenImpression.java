/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

/**
 * An impression whose waiting time is not over. A Flink POJO: it is state, so neither the class nor
 * its fields may be renamed.
 */
public class OpenImpression {
  /** What was shown; its features are empty once the example is out. */
  public Impression impression;

  /** Label of the best that followed so far, 0 if nothing did. */
  public float label;

  /** Event time of what gave the label, or -1. */
  public long labeledAtMillis = -1;

  /** Whether the example is out already; until the end it still takes the clicks that are its. */
  public boolean isEmitted;

  /** For the serializer. */
  public OpenImpression() {}

  /**
   * Opens an impression.
   *
   * @param impression that was shown
   */
  public OpenImpression(Impression impression) {
    this.impression = impression;
  }

  /**
   * Makes the example, and drops the features, which nobody needs any more.
   *
   * @return the example with the label so far
   */
  public TrainingExample emit() {
    Impression shown = impression;
    isEmitted = true;
    impression =
        new Impression(
            shown.userId(),
            shown.itemId(),
            shown.listId(),
            shown.position(),
            new float[0],
            shown.featuresVersion(),
            shown.timestampMillis());
    return new TrainingExample(
        shown.userId(),
        shown.itemId(),
        shown.listId(),
        shown.position(),
        label,
        shown.features(),
        shown.featuresVersion(),
        shown.timestampMillis(),
        labeledAtMillis);
  }
}
