/**
 * The main job: a stream in, recommendations out, judged while it runs.
 *
 * <p>In: a file of interactions or a generated shop stream. Out: progress on standard output,
 * totals, and a report file.
 */
package io.github.flinkrecsys.examples.quickstart;
