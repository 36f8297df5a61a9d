/**
 * Item-to-item neighbours and the weights of the blend, as the user side learns them.
 *
 * <p>In: interactions with the user's recent items. Out: what all replicas are to count. No
 * parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.operators.neighbor;
