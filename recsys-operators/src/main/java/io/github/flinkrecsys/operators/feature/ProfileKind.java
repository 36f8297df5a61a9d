/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.UserProfile;
import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What the join has to know of a type of profile. */
abstract class ProfileKind<P> implements Serializable {
  private static final long serialVersionUID = 1L;

  static final ProfileKind<UserProfile> USER = new OfUser();
  static final ProfileKind<ItemMetadata> ITEM = new OfItem();

  abstract TypeInformation<P> type();

  /** Tells what is wrong with a profile, null if nothing. */
  abstract String violation(P profile);

  abstract long validFromMillis(P profile);

  abstract EnrichedInteraction attach(EnrichedInteraction interaction, P profile);

  private static final class OfUser extends ProfileKind<UserProfile> {
    private static final long serialVersionUID = 1L;

    @Override
    TypeInformation<UserProfile> type() {
      return TypeInformation.of(UserProfile.class);
    }

    @Override
    String violation(UserProfile profile) {
      return Interactions.violation(profile);
    }

    @Override
    long validFromMillis(UserProfile profile) {
      return profile.timestampMillis();
    }

    @Override
    EnrichedInteraction attach(EnrichedInteraction interaction, UserProfile profile) {
      return interaction.withUser(profile);
    }
  }

  private static final class OfItem extends ProfileKind<ItemMetadata> {
    private static final long serialVersionUID = 1L;

    @Override
    TypeInformation<ItemMetadata> type() {
      return TypeInformation.of(ItemMetadata.class);
    }

    @Override
    String violation(ItemMetadata metadata) {
      return Interactions.violation(metadata);
    }

    @Override
    long validFromMillis(ItemMetadata metadata) {
      return metadata.timestampMillis();
    }

    @Override
    EnrichedInteraction attach(EnrichedInteraction interaction, ItemMetadata metadata) {
      return interaction.withItem(metadata);
    }
  }
}
