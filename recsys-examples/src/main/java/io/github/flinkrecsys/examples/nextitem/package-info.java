/**
 * Measures session neighbours: predicts the next item at every position of the sessions of a file.
 */
package io.github.flinkrecsys.examples.nextitem;
