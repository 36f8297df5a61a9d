/**
 * What flows into the library: interactions of users with items, metadata of both, requests.
 *
 * <p>In: text lines or an application's own records. Out: {@link
 * io.github.flinkrecsys.core.event.Interaction} and its companions, all plain records that Flink
 * serializes as POJOs. Records are not checked when they are made, because they may come from
 * outside; {@link io.github.flinkrecsys.core.event.Interactions#violation} tells what is wrong with
 * one.
 */
package io.github.flinkrecsys.core.event;
