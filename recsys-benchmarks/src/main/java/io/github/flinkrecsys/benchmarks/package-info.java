/** Measurements behind the figures of docs/benchmarks.md. */
package io.github.flinkrecsys.benchmarks;
