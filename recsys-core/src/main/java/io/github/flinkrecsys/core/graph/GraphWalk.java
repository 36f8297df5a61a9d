/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;

/**
 * Random walks with restart from a user's items: item, user, item, and so on. Which items they come
 * past, and how often, tells what users with a like history turned to.
 *
 * <p>The steps of a request are shared out among the query items, the newest first; walks from an
 * item end early when enough items have enough visits. A walk draws edges by weight and youth,
 * never goes through the user who asks, and does not turn back to the item it came from. It is
 * bounded in steps, whatever the graph.
 *
 * <p>The same graph, user and time give the same walk. Belongs to one thread.
 *
 * @see <a href="https://doi.org/10.1145/3178876.3186183">Eksombatchai et al., Pixie, 2018</a>
 */
public final class GraphWalk {
  private final InteractionGraph graph;
  private final WalkConfig config;
  private final EdgeDraw draw;
  private final WalkRandom random = new WalkRandom(0);
  private final WalkVisits visits = new WalkVisits();
  private final long[] query;
  private final long[] drawn = new long[1];
  private long stepsTaken;

  /** Takes an item. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes an item.
     *
     * @param item hash of its id
     * @param score combined visits, held back by the item's degree; positive
     * @param because hash of the query item from which most visits came
     */
    void accept(long item, float score, long because);
  }

  /**
   * Makes scratch memory for walks.
   *
   * @param graph shared
   * @param config how walks go
   */
  public GraphWalk(InteractionGraph graph, WalkConfig config) {
    this.graph = Checks.notNull("graph", graph);
    this.config = Checks.notNull("config", config);
    this.draw = new EdgeDraw(config.halfLife());
    this.query = new long[config.queryItems()];
  }

  /**
   * Walks.
   *
   * @param user hash of the id of the user who asks, through whom no walk goes
   * @param addsOwn whether items that the graph knows of the user follow the recent ones
   * @param recent hashes of the user's recent items, the newest last
   * @param recentCount how many there are, may be 0
   * @param atMillis event time; edges that are newer are passed over
   * @param into receives every item that was visited, once
   * @implNote O(steps), each a search in two hash tables.
   */
  public void walk(
      long user, boolean addsOwn, long[] recent, int recentCount, long atMillis, Visitor into) {
    visits.clear();
    long from = graph.fromMillis(atMillis);
    int queries = takeRecent(recent, recentCount);
    if (addsOwn) {
      queries = takeOwn(user, queries, from, atMillis);
    }
    random.seed(Hashes.mix(user + Hashes.mix(atMillis)));
    for (int q = 0; q < queries; q++) {
      walkFrom(query[q], user, config.share(config.steps(), q, queries), from, atMillis);
      visits.endQuery(query[q]);
    }
    handOut(from, atMillis, into);
  }

  private int takeRecent(long[] recent, int recentCount) {
    int count = 0;
    for (int n = recentCount - 1; n >= 0 && count < query.length; n--) {
      query[count++] = recent[n];
    }
    return count;
  }

  private int takeOwn(long user, int recentCount, long fromMillis, long atMillis) {
    int count = recentCount;
    if (count == query.length) {
      return count;
    }
    long[] own = new long[query.length];
    int known = graph.users().newest(user, fromMillis, atMillis, own);
    for (int n = 0; n < known && count < query.length; n++) {
      if (!isIn(query, count, own[n])) {
        query[count++] = own[n];
      }
    }
    return count;
  }

  private static boolean isIn(long[] values, int count, long value) {
    for (int i = 0; i < count; i++) {
      if (values[i] == value) {
        return true;
      }
    }
    return false;
  }

  private void walkFrom(long start, long self, int steps, long from, long at) {
    long item = start;
    int length = 0;
    for (int step = 0; step < steps && visits.sure() < config.stopItems(); step++) {
      stepsTaken++;
      boolean hasUser = graph.items().draw(item, draw, from, at, self, random, drawn);
      if (!hasUser && length == 0) {
        // Nobody else has the item: no other step from it would find a way.
        return;
      }
      boolean isAlive =
          hasUser && graph.users().draw(drawn[0], draw, from, at, item, random, drawn);
      if (isAlive) {
        item = drawn[0];
        visits.visit(item, 1, config.stopVisits());
      }
      if (!isAlive || ++length == config.maxLength() || random.unit() < config.restart()) {
        item = start;
        length = 0;
      }
    }
  }

  private void handOut(long fromMillis, long atMillis, Visitor into) {
    long from = Math.max(fromMillis, graph.firstMillis());
    for (int i = 0; i < visits.size(); i++) {
      double score = visits.score(i);
      if (config.degreeExponent() > 0) {
        double degree = Math.max(1, graph.items().degree(visits.item(i), from, atMillis));
        score /= Math.pow(degree, config.degreeExponent());
      }
      into.accept(visits.item(i), (float) score, visits.because(i));
    }
  }

  /**
   * Counts steps.
   *
   * @return how many were taken since this was made
   */
  public long stepsTaken() {
    return stepsTaken;
  }
}
