/**
 * A made-up shop whose visitors never end: streams to try the library on where no data set may be.
 *
 * <p>In: a config with a seed. Out: interactions in time order and metadata of every item, the same
 * for the same config on any machine. No parameter or return value is {@code null}.
 */
package io.github.flinkrecsys.examples.stream;
