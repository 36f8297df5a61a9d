/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.stream;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.util.Checks;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * The interactions of a made-up shop, in time order, produced one by one.
 *
 * <p>Users come by activity (skewed), each with a taste that moves slowly, and many are in the shop
 * at once. A session has an intent, at first between the user's taste and a category; each item
 * that is looked at pulls the intent towards itself, so the items of a session are related. Some
 * steps follow popularity alone or return to a known item. Popularity is Zipf's and drifts, trends
 * come and fade, new items appear. Items are viewed or clicked; some are then put into the cart,
 * and some of those are bought.
 *
 * <p>It is meant for demonstrations and tests. Its figures say nothing about a real shop.
 *
 * <p>Memory is O(users + items), time O(items per category + categories + log items) per event. Not
 * thread-safe.
 */
public final class ShopStream implements Iterator<Interaction> {
  private static final double MEAN_SESSION_STEPS = 7;
  private static final double EVENTS_PER_STEP = 1.15;
  private static final double MEAN_PAUSE_MILLIS = 30_000;
  private static final int DRIFT_STEPS = 400;

  private static final double STAY_IN_CATEGORY = 0.75;
  private static final double FOLLOW_POPULARITY = 0.3;
  private static final double RETURN_TO_KNOWN = 0.06;
  private static final double PULL_OF_ITEM = 0.5;
  private static final double CLICK = 0.4;
  private static final double CART = 0.11;
  private static final double PURCHASE = 0.4;

  private final ShopStreamConfig config;
  private final Dice dice;
  private final ShopCatalog catalog;
  private final ShopVisitors visitors;
  private final PriorityQueue<Visit> visits =
      new PriorityQueue<>(
          Comparator.<Visit>comparingDouble(v -> v.nextMillis).thenComparingInt(v -> v.user));
  private final double pauseMillis;
  private final double arrivalMillis;
  private final double driftMillis;

  private double nextArrival;
  private double nextDrift;
  private long produced;

  /**
   * Opens the shop.
   *
   * @param config what it looks like
   * @throws IllegalArgumentException if it is null
   */
  public ShopStream(ShopStreamConfig config) {
    this.config = Checks.notNull("config", config);
    dice = new Dice(config.seed());
    double spanMillis = config.events() / config.eventsPerSecond() * 1000;
    catalog = new ShopCatalog(config, (long) spanMillis, dice);
    visitors = new ShopVisitors(config.users(), catalog, dice);
    // In a dense stream pauses are shorter, so that never more than a quarter of the users visit.
    pauseMillis = Math.min(MEAN_PAUSE_MILLIS, 250.0 * config.users() / config.eventsPerSecond());
    arrivalMillis = 1000 * MEAN_SESSION_STEPS * EVENTS_PER_STEP / config.eventsPerSecond();
    driftMillis = spanMillis / DRIFT_STEPS;
    nextArrival = config.start().toEpochMilli();
    nextDrift = nextArrival + driftMillis;
  }

  @Override
  public boolean hasNext() {
    return produced < config.events();
  }

  @Override
  public Interaction next() {
    if (!hasNext()) {
      throw new NoSuchElementException("stream has ended after " + produced + " events");
    }
    while (visits.isEmpty() || nextArrival <= visits.peek().nextMillis) {
      admit();
    }
    Visit visit = visits.poll();
    long millis = (long) visit.nextMillis;
    while (nextDrift <= visit.nextMillis) {
      catalog.drift(dice);
      nextDrift += driftMillis;
    }
    catalog.advanceTo(millis);
    Interaction interaction = step(visit, millis);
    if (visit.hasMore()) {
      visit.nextMillis += dice.exponential(pauseMillis);
      visits.add(visit);
    } else {
      visitors.leave(visit.user);
    }
    produced++;
    return interaction;
  }

  private void admit() {
    int user = visitors.arrive(catalog, dice);
    if (user >= 0) {
      int steps = 1 + (int) dice.exponential(MEAN_SESSION_STEPS - 0.5);
      Visit visit = new Visit(user, nextArrival, steps);
      visit.enter(catalog.categoryFor(visitors.taste(user), dice));
      visits.add(visit);
    }
    nextArrival += dice.exponential(arrivalMillis);
  }

  private Interaction step(Visit visit, long millis) {
    String type = visit.pendingType;
    visit.pendingType = null;
    if (type == null) {
      visit.stepsLeft--;
      visit.item = choose(visit);
      visitors.remember(visit.user, visit.item);
      type = dice.chance(CLICK) ? "click" : "view";
      if (dice.chance(CART)) {
        visit.pendingType = "cart";
      }
    } else if (type.equals("cart") && dice.chance(PURCHASE)) {
      visit.pendingType = "purchase";
    }
    return new Interaction(visitors.id(visit.user), catalog.id(visit.item), type, 1.0, millis);
  }

  private int choose(Visit visit) {
    if (dice.chance(RETURN_TO_KNOWN)) {
      int known = visitors.remembered(visit.user, dice);
      if (known >= 0) {
        return known;
      }
    }
    if (dice.chance(FOLLOW_POPULARITY)) {
      return unseen(visit, true);
    }
    if (!dice.chance(STAY_IN_CATEGORY)) {
      visit.enter(catalog.categoryFor(visit.intent, dice));
    }
    int item = unseen(visit, false);
    visit.intent = Dice.between(visit.intent, catalog.taste(item), PULL_OF_ITEM);
    return item;
  }

  /** Draws an item, again if the user saw it lately, but not for ever: a shop may be small. */
  private int unseen(Visit visit, boolean byPopularity) {
    int item = -1;
    for (int attempt = 0; attempt < 4; attempt++) {
      item =
          byPopularity
              ? catalog.anyItem(dice)
              : catalog.itemFor(visit.intent, visit.category, dice);
      if (!visitors.remembers(visit.user, item)) {
        break;
      }
    }
    return item;
  }

  /**
   * Tells how many items there are in all, with those that have yet to appear.
   *
   * @return the number
   */
  public int itemCount() {
    return catalog.size();
  }

  /**
   * Describes an item: its title, category and price, and when it appears.
   *
   * @param item 0 to {@link #itemCount} - 1
   * @return what is known about it, from the time on when it appears
   * @throws IllegalArgumentException if there is no such item
   */
  public ItemMetadata metadata(int item) {
    return catalog.metadata(Checks.between("item", item, 0, itemCount() - 1));
  }

  /**
   * Describes all items, in the order of their appearance.
   *
   * @return what {@link #metadata(int)} tells of each
   */
  public List<ItemMetadata> metadata() {
    return IntStream.range(0, itemCount()).mapToObj(catalog::metadata).toList();
  }

  /** A user who is in the shop. */
  private final class Visit {
    private final int user;
    private double nextMillis;
    private int stepsLeft;
    private int category;
    private int item;
    private String pendingType;
    private float[] intent;

    private Visit(int user, double nextMillis, int stepsLeft) {
      this.user = user;
      this.nextMillis = nextMillis;
      this.stepsLeft = stepsLeft;
      this.intent = visitors.taste(user);
    }

    private void enter(int newCategory) {
      category = newCategory;
      intent = Dice.between(intent, catalog.centre(newCategory), 0.7);
    }

    private boolean hasMore() {
      return stepsLeft > 0 || pendingType != null;
    }
  }
}
