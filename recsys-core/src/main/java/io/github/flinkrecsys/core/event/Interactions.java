/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

/** Rules that every interaction must meet before an operator learns from it. */
public final class Interactions {
  /** Longest id in UTF-16 units; a longer one is far more likely a bug or an attack than an id. */
  public static final int MAX_ID_LENGTH = 1024;

  private Interactions() {}

  /**
   * Tells what is wrong with an interaction.
   *
   * @param interaction may be null
   * @return the reason for refusing it, or null if there is none
   */
  public static String violation(Interaction interaction) {
    if (interaction == null) {
      return "interaction must be given, got null";
    }
    String idViolation = idViolation("userId", interaction.userId());
    if (idViolation == null) {
      idViolation = idViolation("itemId", interaction.itemId());
    }
    if (idViolation != null) {
      return idViolation;
    }
    if (interaction.type() == null || interaction.type().isEmpty()) {
      return "type must be a non-empty string, got " + quoted(interaction.type());
    }
    if (!Double.isFinite(interaction.weight())) {
      return "weight must be finite, got " + interaction.weight();
    }
    return timestampViolation(interaction.timestampMillis());
  }

  /**
   * Tells what is wrong with a request.
   *
   * @param request may be null
   * @return the reason for refusing it, or null if there is none
   */
  public static String violation(RecommendationRequest request) {
    if (request == null) {
      return "request must be given, got null";
    }
    String[] itemIds = request.itemIds();
    if (request.userId() == null || !request.hasNoUser() || itemIds.length == 0) {
      String idViolation = idViolation("userId", request.userId());
      if (idViolation != null) {
        return idViolation;
      }
    }
    if (itemIds.length > RecommendationRequest.MAX_ITEMS) {
      return "itemIds must be at most "
          + RecommendationRequest.MAX_ITEMS
          + ", got "
          + itemIds.length;
    }
    for (String itemId : itemIds) {
      String idViolation = idViolation("itemIds", itemId);
      if (idViolation != null) {
        return idViolation;
      }
    }
    if (request.k() < 1 || request.k() > RecommendationRequest.MAX_K) {
      return "k must be between 1 and " + RecommendationRequest.MAX_K + ", got " + request.k();
    }
    return timestampViolation(request.timestampMillis());
  }

  /**
   * Tells what is wrong with an item's metadata.
   *
   * @param metadata may be null
   * @return the reason for refusing it, or null if there is none
   */
  public static String violation(ItemMetadata metadata) {
    if (metadata == null) {
      return "metadata must be given, got null";
    }
    String idViolation = idViolation("itemId", metadata.itemId());
    return idViolation != null
        ? idViolation
        : contentViolation(metadata.attributes(), metadata.features(), metadata.timestampMillis());
  }

  /**
   * Tells what is wrong with a user's profile.
   *
   * @param profile may be null
   * @return the reason for refusing it, or null if there is none
   */
  public static String violation(UserProfile profile) {
    if (profile == null) {
      return "profile must be given, got null";
    }
    String idViolation = idViolation("userId", profile.userId());
    return idViolation != null
        ? idViolation
        : contentViolation(profile.attributes(), profile.features(), profile.timestampMillis());
  }

  private static String contentViolation(
      Attributes attributes, Features features, long timestampMillis) {
    if (attributes == null || !attributes.isWellFormed()) {
      return "attributes must be names and values of equal length, got " + attributes;
    }
    if (features == null || !features.isWellFormed()) {
      return "features must be names and values of equal length, got " + features;
    }
    return timestampViolation(timestampMillis);
  }

  /**
   * Tells what is wrong with an id.
   *
   * @param name of the id
   * @param id may be null
   * @return the reason for refusing it, or null if there is none
   */
  public static String idViolation(String name, String id) {
    if (id == null || id.isEmpty()) {
      return name + " must be a non-empty string, got " + quoted(id);
    }
    if (id.length() > MAX_ID_LENGTH) {
      return name + " must be at most " + MAX_ID_LENGTH + " characters, got " + id.length();
    }
    return null;
  }

  private static String timestampViolation(long timestampMillis) {
    return timestampMillis >= 0
        ? null
        : "timestampMillis must be non-negative, got " + timestampMillis;
  }

  private static String quoted(String value) {
    return value == null ? "null" : '"' + value + '"';
  }
}
