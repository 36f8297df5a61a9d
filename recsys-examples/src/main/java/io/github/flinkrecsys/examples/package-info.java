/** Jobs that run as they are, from one jar. */
package io.github.flinkrecsys.examples;
