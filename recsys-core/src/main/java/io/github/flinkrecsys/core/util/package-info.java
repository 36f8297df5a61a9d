/**
 * Small helpers that every other package may use: argument checks and hashes.
 *
 * <p>Nothing here holds state. No parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.core.util;
