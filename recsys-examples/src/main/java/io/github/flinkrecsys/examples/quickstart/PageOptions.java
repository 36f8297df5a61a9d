/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.examples.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of the page that shows a running job. */
final class PageOptions {
  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "of the page, on the loopback address; default: ${DEFAULT-VALUE}, any that is free")
  private int port;

  @Option(names = "--no-page", description = "serve no page")
  private boolean noPage;

  @Option(
      names = "--keep-serving",
      description = "after the last event keep the job and its page, until ctrl-c")
  private boolean keepServing;

  /** Opens the page and says where it is; gives null if none is wanted. */
  LivePage open(Map<String, String> titleOf, PrintWriter out) throws InputException {
    if (noPage) {
      if (keepServing) {
        throw new InputException("keep-serving must be given without no-page, got both");
      }
      return null;
    }
    if (port < 0 || port > 65_535) {
      throw new InputException("port must be between 0 and 65535, got " + port);
    }
    try {
      LivePage page = LivePage.open(port, keepServing, titleOf);
      out.printf(
          "Page: %s (%s)%n",
          page.url(), keepServing ? "until ctrl-c" : "until the job ends; --keep-serving keeps it");
      out.flush();
      return page;
    } catch (IOException e) {
      throw new InputException(
          "port must be one that can be bound, got " + port + ": " + e.getMessage());
    }
  }
}
