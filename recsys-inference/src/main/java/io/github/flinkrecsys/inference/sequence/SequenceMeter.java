/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

/**
 * Counts what the sources of a process do with one version of a model. Several threads call it at
 * once.
 */
public interface SequenceMeter {
  /** Counts nothing: of a version that no control stream has brought. */
  SequenceMeter NONE =
      new SequenceMeter() {
        @Override
        public void ran(long micros) {}

        @Override
        public void failed() {}

        @Override
        public void gaveNoNumber() {}

        @Override
        public void served() {}

        @Override
        public void shadowed(int proposed, int shared) {}
      };

  /**
   * Counts a run that has not failed.
   *
   * @param micros it took, in microseconds
   */
  void ran(long micros);

  /** Counts a run that has failed. */
  void failed();

  /** Counts a run that has given what is not a finite number. */
  void gaveNoNumber();

  /** Counts a list to which this version has proposed candidates. */
  void served();

  /**
   * Counts a list to which another version has proposed candidates, and this one would have.
   *
   * @param proposed candidates of the version that served
   * @param shared how many of them this version would have proposed too
   */
  void shadowed(int proposed, int shared);
}
