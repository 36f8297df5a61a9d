/**
 * Features of users and items that are sums over interactions.
 *
 * <p>In: interactions and their event times. Out: decayed counts that commute, so that they may be
 * gathered in any order and in any number of places. No parameter or return value is {@code null}.
 */
package io.github.flinkrecsys.core.feature;
