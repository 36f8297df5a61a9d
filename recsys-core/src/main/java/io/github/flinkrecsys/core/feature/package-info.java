/**
 * Features of users and items that are sums over interactions, and what they are served and trained
 * with.
 *
 * <p>In: interactions and their event times, profiles, impressions. Out: decayed counts that
 * commute, so that they may be gathered in any order and in any number of places; vectors of named
 * features; the version of a profile that was valid at a time; training examples. No parameter or
 * return value is {@code null} unless said.
 */
package io.github.flinkrecsys.core.feature;
