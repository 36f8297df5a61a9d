/** Trains an offline factor model, judges it on held-out pairs, and keeps it in a file. */
package io.github.flinkrecsys.examples.als;
