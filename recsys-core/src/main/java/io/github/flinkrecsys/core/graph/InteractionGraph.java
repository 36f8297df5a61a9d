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
 * <p>An edge is the newest interaction of its user and item: a second one renews it. Adding edges
 * again, or in another order, gives the same graph, as long as neither nodes nor bytes reach their
 * bounds. Edges fall out when a newer edge of the node comes, or are passed over by readers, once
 * they are older than the window; a node goes when its newest edge has. Beyond the bounds the node
 * goes that was touched least lately.
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

  /** The oldest time that came, for the estimate of degrees. */
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
    if (!config.isOn()) {
      return;
    }
    long at = Edges.millis(stamp);
    if (at < firstMillis.get()) {
      firstMillis.accumulateAndGet(at, Math::min);
    }
    if (wanted.test(user)) {
      users.put(user, item, stamp);
    }
    if (wanted.test(item)) {
      items.put(item, user, stamp);
    }
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
    for (int i = 0; i < node.stamps().length && config.isOn(); i++) {
      firstMillis.accumulateAndGet(Edges.millis(node.stamps()[i]), Math::min);
      side.put(node.node(), node.neighbors()[i], node.stamps()[i]);
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
   * Hands out a share of the nodes; the shares of one count are disjoint and complete.
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
    users.forEach(wanted, nodes::add);
    items.forEach(wanted, nodes::add);
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
   * @return how many are held, those included that have left the window and were not touched since
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
