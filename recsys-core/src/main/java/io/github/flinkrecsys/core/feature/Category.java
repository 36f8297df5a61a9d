/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;

/**
 * Where the text of a category is found.
 *
 * @param of whose it is
 * @param attribute name of the user's or item's attribute; one of the interaction's own {@code
 *     type}, {@code userId} and {@code itemId}
 */
public record Category(Owner of, String attribute) implements Serializable {
  /** What may have categories. */
  public enum Owner {
    /** The profile that was joined. */
    USER,
    /** The metadata that were joined. */
    ITEM,
    /** The interaction itself. */
    INTERACTION
  }

  /** The interaction's type. */
  public static final Category TYPE = new Category(Owner.INTERACTION, "type");

  /** The user's id. */
  public static final Category USER_ID = new Category(Owner.INTERACTION, "userId");

  /** The item's id. */
  public static final Category ITEM_ID = new Category(Owner.INTERACTION, "itemId");

  /**
   * Checks.
   *
   * @param of see the record
   * @param attribute see the record
   * @throws IllegalArgumentException if there is no such attribute of an interaction
   */
  public Category {
    Checks.notNull("of", of);
    Checks.notBlank("attribute", attribute);
    boolean known =
        of != Owner.INTERACTION
            || attribute.equals("type")
            || attribute.equals("userId")
            || attribute.equals("itemId");
    Checks.require(known, "attribute", "type, userId or itemId", attribute);
  }

  /**
   * Names an attribute of the user.
   *
   * @param attribute its name
   * @return the category
   */
  public static Category user(String attribute) {
    return new Category(Owner.USER, attribute);
  }

  /**
   * Names an attribute of the item.
   *
   * @param attribute its name
   * @return the category
   */
  public static Category item(String attribute) {
    return new Category(Owner.ITEM, attribute);
  }

  /**
   * Reads the text.
   *
   * @param enriched valid interaction
   * @return the text, or null if it is not known
   */
  String textOf(EnrichedInteraction enriched) {
    return switch (of) {
      case USER -> enriched.user() == null ? null : text(enriched.user().attributes());
      case ITEM -> enriched.item() == null ? null : text(enriched.item().attributes());
      case INTERACTION ->
          switch (attribute) {
            case "type" -> enriched.interaction().type();
            case "userId" -> enriched.interaction().userId();
            default -> enriched.interaction().itemId();
          };
    };
  }

  private String text(Attributes attributes) {
    return attributes == null ? null : attributes.get(attribute);
  }
}
