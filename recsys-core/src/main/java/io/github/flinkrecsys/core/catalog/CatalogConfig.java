/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.catalog;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What is kept of the catalogue.
 *
 * @param trendHalfLife event time after which an interaction counts half for what trends: a soft
 *     window
 * @param trendSize items that lead, in all and in each category; 0 to 10,000; 0 for no trends
 * @param categoryAttribute name of the attribute that holds an item's category
 * @param contentAttributes names of the attributes by which items are alike; their values may hold
 *     several, separated by {@value #SEPARATOR}; none for no similarity by content
 * @param itemsPerValue items found by one value of an attribute, those with the fewest
 *     interactions; 1 to 100,000
 */
public record CatalogConfig(
    Duration trendHalfLife,
    int trendSize,
    String categoryAttribute,
    List<String> contentAttributes,
    int itemsPerValue)
    implements Serializable {
  /** Separates the values within one attribute, as in {@code Comedy|Drama}. */
  public static final char SEPARATOR = '|';

  /** Keeps nothing. */
  public static final CatalogConfig NONE =
      builder().trendSize(0).contentAttributes(List.of()).build();

  /**
   * Checks.
   *
   * @param trendHalfLife see the record
   * @param trendSize see the record
   * @param categoryAttribute see the record
   * @param contentAttributes see the record; copied
   * @param itemsPerValue see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public CatalogConfig {
    Checks.positive("trendHalfLife", trendHalfLife);
    Checks.between("trendSize", trendSize, 0, 10_000);
    Checks.notBlank("categoryAttribute", categoryAttribute);
    contentAttributes = Checks.copyOf("contentAttributes", contentAttributes);
    contentAttributes.forEach(name -> Checks.notBlank("contentAttributes", name));
    Checks.between("itemsPerValue", itemsPerValue, 1, 100_000);
  }

  /**
   * Starts from the defaults.
   *
   * @return builder: trends with a half-life of a day, 50 items each; {@code category}, and
   *     likeness by {@code category}, {@code brand}, {@code genres} and {@code tags}, 200 items per
   *     value
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings; {@link #build} checks them. */
  public static final class Builder {
    private Duration trendHalfLife = Duration.ofDays(1);
    private int trendSize = 50;
    private String categoryAttribute = "category";
    private List<String> contentAttributes = List.of("category", "brand", "genres", "tags");
    private int itemsPerValue = 200;

    private Builder() {}

    /**
     * Sets the soft window of trends.
     *
     * @param value event time
     * @return this
     */
    public Builder trendHalfLife(Duration value) {
      trendHalfLife = value;
      return this;
    }

    /**
     * Sets how many items lead.
     *
     * @param value 0 for no trends
     * @return this
     */
    public Builder trendSize(int value) {
      trendSize = value;
      return this;
    }

    /**
     * Sets which attribute is the category.
     *
     * @param value its name
     * @return this
     */
    public Builder categoryAttribute(String value) {
      categoryAttribute = value;
      return this;
    }

    /**
     * Sets by which attributes items are alike.
     *
     * @param value their names, none for no similarity by content
     * @return this
     */
    public Builder contentAttributes(List<String> value) {
      contentAttributes = value;
      return this;
    }

    /**
     * Sets how many items are found by one value.
     *
     * @param value 1 to 100,000
     * @return this
     */
    public Builder itemsPerValue(int value) {
      itemsPerValue = value;
      return this;
    }

    /**
     * Checks and makes the config.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of range
     */
    public CatalogConfig build() {
      return new CatalogConfig(
          trendHalfLife, trendSize, categoryAttribute, contentAttributes, itemsPerValue);
    }
  }
}
