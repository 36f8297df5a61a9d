/**
 * Spark MLlib on the same data, in the same process; built by the Maven profile spark-peer only.
 */
package io.github.flinkrecsys.benchmarks.spark;
