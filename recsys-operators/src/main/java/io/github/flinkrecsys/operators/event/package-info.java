/**
 * How events enter a job: text and JSON become records, bad ones become dead letters, good ones get
 * a time.
 *
 * <p>In: lines, bytes, or an application's own records. Out: the records of {@link
 * io.github.flinkrecsys.core.event}, each acceptable to every operator, and a side output of {@link
 * io.github.flinkrecsys.operators.event.DeadLetter}. Nothing here holds state.
 *
 * <p>No parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.operators.event;
