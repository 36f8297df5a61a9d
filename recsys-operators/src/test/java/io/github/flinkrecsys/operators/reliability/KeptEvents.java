/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.factorization.ModelRow;
import io.github.flinkrecsys.operators.graph.WalkOrigin;
import io.github.flinkrecsys.operators.graph.WalkVisit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What goes into {@link KeptJob}, each record a function of its number, one number per second.
 *
 * <p>Numbers up to {@link #CUT} come before the savepoint. Then every user asks once, before
 * anything else happens, so what is answered is what the savepoint knows. From {@link #SWEEP} on
 * every user and every item has an interaction, so the last count of each is seen again.
 */
final class KeptEvents {
  static final int CUT = 300;
  static final long OUT_OF_ORDER_MILLIS = 5_000;

  /** Where the watermark stands in the savepoint. */
  static final long WATERMARK = 1_000L * (CUT - 1) - OUT_OF_ORDER_MILLIS - 1;

  /** Items and users whom only the offline model knows until {@link #SWEEP}. */
  static final int OF_MODEL = 5;

  static final int USERS = TestShop.USERS + OF_MODEL;
  static final int ITEMS = TestShop.ITEMS + OF_MODEL;
  static final int SWEEP = CUT + USERS;
  static final int END = SWEEP + ITEMS;
  static final int FACTORS = 8;
  static final long MODEL_VERSION = 7;

  /** So many numbers after it was shown, an item is clicked. */
  static final int CLICKED_AFTER = 100;

  /** Requests whose second walk ends after the savepoint. */
  static final int WALKS = 50;

  private static final long SEED = 7;
  private static final int MODEL_ROWS_FROM = 20;

  private KeptEvents() {}

  static List<Interaction> interactions(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(KeptEvents::interaction)
        .filter(event -> event != null)
        .toList();
  }

  /** Null where there is none. */
  static Interaction interaction(long number) {
    if (number >= SWEEP) {
      int n = (int) (number - SWEEP);
      return Interaction.click(user(n % USERS), item(n), 1_000 * number);
    }
    return number < CUT ? TestShop.event(SEED, number) : null;
  }

  static boolean isOfModel(String id) {
    return id.startsWith("m");
  }

  /** The replica counts an interaction more of what a model has brought, to make it known. */
  static long countInReplica(String itemId, long interactions) {
    return interactions + (isOfModel(itemId) ? 1 : 0);
  }

  static String user(int n) {
    return n < TestShop.USERS ? "u" + n : "mu" + (n - TestShop.USERS);
  }

  static String item(int n) {
    return n < TestShop.ITEMS ? "i" + n : "mi" + (n - TestShop.ITEMS);
  }

  /** After the savepoint for all items: which of them lead goes by weights learned in any order. */
  static RecommendationRequest request(long number) {
    boolean isAsking = number >= CUT && number < SWEEP || number < CUT && number % 10 == 0;
    int user = (int) (number < CUT ? number % USERS : number - CUT);
    return isAsking
        ? new RecommendationRequest(
            user(user), number < CUT ? 10 : ITEMS, null, null, true, 1_000 * number)
        : null;
  }

  static boolean isAnswer(long generatedAtMillis) {
    return generatedAtMillis >= 1_000L * CUT && generatedAtMillis < 1_000L * SWEEP;
  }

  static ItemMetadata metadata(long number) {
    return number < TestShop.ITEMS
        ? new ItemMetadata(
            item((int) number),
            Attributes.of(Map.of("category", "c" + number % 4, "brand", "b" + number % 9)),
            Features.of(Map.of("price", number + 0.5)),
            1_000 * number)
        : null;
  }

  static UserProfile profile(long number) {
    return number < TestShop.USERS
        ? new UserProfile(
            user((int) number),
            Attributes.of(Map.of("name", "name of " + number)),
            Features.of(Map.of("age", number + 18.0)),
            1_000 * number)
        : null;
  }

  /** Of what is clicked later. */
  static Impression impression(long number) {
    Interaction click = interaction(number + CLICKED_AFTER);
    return click == null || TestShop.isRefused(click)
        ? null
        : new Impression(
            click.userId(),
            click.itemId(),
            "list-" + number,
            3,
            new float[] {number, 1},
            11,
            1_000 * number);
  }

  /** A model of {@link #OF_MODEL} items and users, all before the savepoint. */
  static ModelRow modelRow(long number) {
    long n = number - MODEL_ROWS_FROM;
    return n >= 0 && n < 2 * OF_MODEL ? row(n % OF_MODEL, n < OF_MODEL) : null;
  }

  /** Half of the items before the savepoint, so that the model is awaited on both sides of it. */
  static ModelRow awaitedRow(long number) {
    boolean isBefore = number < OF_MODEL / 2;
    long n = isBefore ? number : number - SWEEP;
    return isBefore || n >= OF_MODEL / 2 && n < OF_MODEL ? row(n, true) : null;
  }

  private static ModelRow row(long n, boolean isItem) {
    float[] factors = new float[FACTORS];
    Arrays.fill(factors, 2);
    int id = (int) n + (isItem ? TestShop.ITEMS : TestShop.USERS);
    return new ModelRow(MODEL_VERSION, OF_MODEL, isItem, isItem ? item(id) : user(id), factors);
  }

  /** Two visits per request, one on each side of the savepoint. */
  static WalkVisit visit(long number) {
    boolean isBefore = number < WALKS;
    long n = isBefore ? number : number - SWEEP;
    if (n < 0 || n >= WALKS) {
      return null;
    }
    String request = "r" + n;
    WalkOrigin origin = new WalkOrigin(request, "u1", Hashes.hash("u1"), 10, 1_000 * n, "q", 2);
    return new WalkVisit(origin, isBefore ? "before" : "after", 1, 1);
  }
}
