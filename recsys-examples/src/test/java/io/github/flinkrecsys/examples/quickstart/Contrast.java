/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

/** Measures the contrast of all text that a page shows, by the formula of WCAG 2. */
final class Contrast {
  /** Gives the texts whose contrast is below 4.5, with the ratio. */
  static final String SCRIPT =
      """
      (() => {
        const channels = colour => colour.match(/[0-9.]+/g).map(Number);
        const luminance = colour => channels(colour).slice(0, 3).map(value => value / 255)
          .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
          .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
        const ground = node => {
          for (let at = node; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            const alpha = channels(colour)[3];
            if (alpha === undefined || alpha > 0.99) return colour;
          }
          return 'rgb(255, 255, 255)';
        };
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const low = [];
        while (texts.nextNode()) {
          const node = texts.currentNode.parentElement;
          if (!texts.currentNode.textContent.trim() || node.getClientRects().length === 0) continue;
          const style = getComputedStyle(node);
          const colour = node instanceof SVGElement ? style.fill : style.color;
          const [dark, light] = [luminance(colour), luminance(ground(node))].sort((a, b) => a - b);
          const ratio = (light + 0.05) / (dark + 0.05);
          if (ratio < 4.5) low.push(texts.currentNode.textContent.trim() + ' ' + ratio.toFixed(2));
        }
        return low;
      })()
      """;

  private Contrast() {}
}
