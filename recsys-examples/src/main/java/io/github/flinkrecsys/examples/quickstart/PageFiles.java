/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.examples.serve.Reply;
import io.github.flinkrecsys.examples.serve.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The static files of the page. They are read once: no path of a request reaches a file. */
final class PageFiles {
  /** Nothing from elsewhere, no inline script or style, no framing. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "Referrer-Policy",
          "no-referrer");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private PageFiles() {}

  static void addTo(Routes routes) throws IOException {
    add(routes, "/", "index.html");
    for (String file :
        new String[] {"page.css", "page.js", "chart.js", "explorer.js", "icon.svg"}) {
      add(routes, "/" + file, file);
    }
  }

  private static void add(Routes routes, String path, String file) throws IOException {
    String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
    try (InputStream in = PageFiles.class.getResourceAsStream("/page/" + file)) {
      if (in == null) {
        throw new IOException("page/" + file + " must be on the class path, got nothing");
      }
      Reply reply = new Reply(200, type, in.readAllBytes(), HEADERS);
      routes.add("GET", path, call -> reply);
    }
  }
}
