/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/**
 * Who turned to what lately: a bipartite graph of users and items. Each node keeps its newest edges
 * ({@link NodeEdges}) by itself, so an item that a user turned to may have forgotten the user while
 * the user still knows the item.
 *
 * <p>An edge is the newest interaction of its user and item: a second one renews it. The window
 * ends at the newest edge of the graph: older edges are passed over by readers, and let go when a
 * newer one of the node comes; a node goes when its newest edge has left the window. Beyond the
 * bounds of nodes and bytes the node goes whose newest edge is the oldest.
 *
 * <p>What readers see is a function of the set of edges that came, in whatever order, however
 * often, and across a restore, as long as neither nodes nor bytes reach their bounds. Where they
 * do, a node that comes back has only the edges that came after it had gone. One time is no such
 * function: that of the oldest edge that was taken, from which degrees of full nodes are estimated.
 *
 * <p>Users and items are apart: a user and an item with one id are two nodes.
 *
 * <p>Any number of threads may read and write; each step locks one part of one side.
 *
 * @see <a href="https://doi.org/10.14778/3007263.3007267">Sharma et al., GraphJet, 2016</a>
 */
public final class InteractionGraph {
  private final GraphConfig config;
  private final GraphSide users;
  private final GraphSide items;

  /** Where the window ends. */
  private final AtomicLong newestMillis = new AtomicLong(Long.MIN_VALUE);

  /** The oldest time that was taken, for the estimate of degrees. */
  private final AtomicLong firstMillis = new AtomicLong(Long.MAX_VALUE);

  /**
   * Makes an empty graph.
   *
   * @param config its bounds
   */
  public InteractionGraph(GraphConfig config) {
    this.config = Checks.notNull("config", config);
    this.users = new GraphSide(true, config);
    this.items = new GraphSide(false, config);
  }

  /**
   * Gives the bounds.
   *
   * @return what the graph was made with
   */
  public GraphConfig config() {
    return config;
  }

  /**
   * Adds an edge, or renews it.
   *
   * @param user hash of the user's id
   * @param item hash of the item's id
   * @param stamp time and weight, see {@link Edges}
   * @implNote O(edges per user + edges per item).
   */
  public void add(long user, long item, long stamp) {
    add(user, item, stamp, node -> true);
  }

  /**
   * Adds an edge to those of its ends that are wanted.
   *
   * @param user hash of the user's id
   * @param item hash of the item's id
   * @param stamp time and weight, see {@link Edges}
   * @param wanted tells by its hash whether a node takes the edge
   */
  public void add(long user, long item, long stamp, LongPredicate wanted) {
    long from = fromMillisAfter(stamp);
    if (!isTaken(stamp, from)) {
      return;
    }
    if (wanted.test(user)) {
      users.put(user, item, stamp, from);
    }
    if (wanted.test(item)) {
      items.put(item, user, stamp, from);
    }
  }

  /** Takes notice of an edge's time; gives where the window then begins. */
  private long fromMillisAfter(long stamp) {
    long at = Edges.millis(stamp);
    if (at > newestMillis.get()) {
      newestMillis.accumulateAndGet(at, Math::max);
    }
    return fromMillis();
  }

  /**
   * The edge is put with the same begin of the window: other threads may move it meanwhile, and an
   * edge before it would leave its node empty.
   */
  private boolean isTaken(long stamp, long fromMillis) {
    long at = Edges.millis(stamp);
    if (!config.isOn() || at < fromMillis) {
      return false;
    }
    if (at < firstMillis.get()) {
      firstMillis.accumulateAndGet(at, Math::min);
    }
    return true;
  }

  private long fromMillis() {
    return config.fromMillis(newestMillis.get());
  }

  /**
   * Gives the oldest event time that a question sees, which is not before the window of the graph.
   *
   * @param atMillis event time of the question
   * @return event time of the oldest edge that counts
   */
  public long fromMillis(long atMillis) {
    return Math.max(config.fromMillis(atMillis), fromMillis());
  }

  /**
   * Adds edges to those of their ends that are wanted.
   *
   * @param edges of a buffer
   * @param wanted tells by its hash whether a node takes the edge
   */
  public void addAll(GraphEdges edges, LongPredicate wanted) {
    for (int i = 0; i < edges.stamps().length; i++) {
      add(edges.users()[i], edges.items()[i], edges.stamps()[i], wanted);
    }
  }

  /**
   * Adds the edges of a node to it.
   *
   * @param node of {@link #nodes}
   */
  public void restore(GraphNode node) {
    GraphSide side = node.isUser() ? users : items;
    for (int i = 0; i < node.stamps().length; i++) {
      long from = fromMillisAfter(node.stamps()[i]);
      if (isTaken(node.stamps()[i], from)) {
        side.put(node.node(), node.neighbors()[i], node.stamps()[i], from);
      }
    }
  }

  /**
   * Tells to which share of the nodes a node belongs.
   *
   * @param node hash of the id
   * @param shares how many there are
   * @return 0 to {@code shares - 1}
   */
  public static int share(long node, int shares) {
    return Hashes.below(Hashes.mix(node), shares);
  }

  /**
   * Hands out a share of the nodes, with the edges in the window; the shares of one count are
   * disjoint and complete.
   *
   * @param share which, from 0 on
   * @param shares how many there are
   * @return copies
   * @throws IllegalArgumentException if there is no such share
   */
  public List<GraphNode> nodes(int share, int shares) {
    Checks.positive("shares", shares);
    Checks.between("share", share, 0, shares - 1);
    List<GraphNode> nodes = new ArrayList<>();
    LongPredicate wanted = node -> share(node, shares) == share;
    long from = fromMillis();
    users.forEach(wanted, from, nodes::add);
    items.forEach(wanted, from, nodes::add);
    return nodes;
  }

  GraphSide users() {
    return users;
  }

  GraphSide items() {
    return items;
  }

  long firstMillis() {
    return firstMillis.get();
  }

  /**
   * Counts the users.
   *
   * @return how many have edges
   */
  public int userCount() {
    return users.size();
  }

  /**
   * Counts the items.
   *
   * @return how many have edges
   */
  public int itemCount() {
    return items.size();
  }

  /**
   * Counts edges, each at the end that has more of them.
   *
   * @return how many are held, those included that have left the window and got none since
   */
  public long edgeCount() {
    return Math.max(users.edgeCount(), items.edgeCount());
  }

  /**
   * Tells what the graph takes.
   *
   * @return bytes of heap, as if every growing array had just grown
   */
  public long bytes() {
    return users.bytes() + items.bytes();
  }
}
