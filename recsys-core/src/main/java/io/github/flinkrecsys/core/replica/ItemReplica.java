/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All items of a model in the memory of one process: factors, biases, popularity, metadata, by
 * dense slot.
 *
 * <p>Factors lie row-major in chunks of {@value #CHUNK_ROWS} rows, so that a scan is sequential. A
 * slot belongs to one item for the life of the replica; items are only added. It is a cache: slots
 * depend on the order of arrival and mean nothing outside.
 *
 * <p>Any number of threads may read and write. Additions to a row are never lost; a reader may see
 * a row half updated, as in lock-free stochastic gradient descent (Niu et al., Hogwild!, 2011).
 *
 * <p>About {@code 4 * factors + 4 + 8 + 24 + 16} bytes per item, plus its id and metadata; {@code
 * factors + 5} more once {@link #quantized} has been called.
 */
public final class ItemReplica {
  /** Rows per chunk. */
  public static final int CHUNK_ROWS = 1024;

  private static final int CHUNK_BITS = Integer.numberOfTrailingZeros(CHUNK_ROWS);
  private static final int CHUNK_MASK = CHUNK_ROWS - 1;

  private final ReplicaConfig config;
  private final IdIndex index = new IdIndex();
  private final RowLocks locks = new RowLocks();
  private final RatingMean ratingMean = new RatingMean();
  private volatile Chunk[] chunks = new Chunk[0];
  private volatile int size;
  private final AtomicLong metadataVersion = new AtomicLong();

  /**
   * Makes an empty replica.
   *
   * @param config shape and bound
   */
  public ItemReplica(ReplicaConfig config) {
    this.config = config;
  }

  /**
   * Gives shape and bound.
   *
   * @return what the replica was made with
   */
  public ReplicaConfig config() {
    return config;
  }

  /**
   * Counts the items.
   *
   * @return number of slots in use: 0 to {@code size() - 1}
   */
  public int size() {
    return size;
  }

  /**
   * Tells what the arrays take: factors, biases, counts, references, codes and the index of ids.
   *
   * @return bytes of heap, without ids and metadata
   */
  public long bytes() {
    long bytes = index.bytes();
    for (Chunk chunk : chunks) {
      bytes += chunk.bytes();
    }
    return bytes;
  }

  /**
   * Finds an item.
   *
   * @param itemId its id
   * @return its slot, or -1 if it is not known
   */
  public int slot(String itemId) {
    return index.find(Hashes.hash(itemId), slot -> id(slot).equals(itemId));
  }

  /**
   * Finds an item by the hash of its id.
   *
   * @param idHash {@link Hashes#hash} of the id
   * @return its slot, or -1 if it is not known
   */
  public int slotOfHash(long idHash) {
    return index.find(idHash, slot -> true);
  }

  /**
   * Finds an item or, while there is room, adds it with its initial factors.
   *
   * @param itemId its id
   * @return its slot, or -1 if it is new and {@link ReplicaConfig#maxItems} are known
   */
  public int admit(String itemId) {
    int slot = slot(itemId);
    return slot >= 0 || size >= config.maxItems() ? slot : add(itemId);
  }

  /**
   * Finds an item or adds it, whatever the bound: for items that another process has admitted, so
   * that all replicas hold the same ones.
   *
   * @param itemId its id
   * @return its slot
   */
  public int admitForeign(String itemId) {
    int slot = slot(itemId);
    return slot >= 0 ? slot : add(itemId);
  }

  private synchronized int add(String itemId) {
    int known = slot(itemId);
    if (known >= 0) {
      return known;
    }
    int slot = size;
    if (slot >> CHUNK_BITS == chunks.length) {
      Chunk[] larger = Arrays.copyOf(chunks, chunks.length + 1);
      larger[chunks.length] = new Chunk(config.factors());
      chunks = larger;
    }
    long hash = Hashes.hash(itemId);
    Chunk chunk = chunkOf(slot);
    int row = slot & CHUNK_MASK;
    chunk.ids[row] = itemId;
    chunk.hashes[row] = hash;
    chunk.popularity[row] = DecayedCount.EMPTY;
    InitialFactors.write(
        hash,
        config.seed(),
        config.initialDeviation(),
        chunk.factors,
        row * config.factors(),
        config.factors());
    index.put(hash, slot);
    size = slot + 1;
    return slot;
  }

  /**
   * Adds to one item.
   *
   * @param slot of the item
   * @param values {@code factors} factor deltas, then the bias delta, from {@code from} on
   * @param from index of the first
   */
  public void addFactors(int slot, float[] values, int from) {
    add(slot, values, from, DecayedCount.EMPTY);
  }

  /**
   * Adds to one item.
   *
   * @param slot of the item
   * @param values {@code factors} factor deltas, then the bias delta, from {@code from} on
   * @param from index of the first
   * @param popularity a {@link DecayedCount} in its stored form
   */
  public void add(int slot, float[] values, int from, double popularity) {
    int k = config.factors();
    Chunk chunk = chunkOf(slot);
    int row = slot & CHUNK_MASK;
    float[] rows = chunk.factors;
    int offset = row * k;
    locks.lock(slot);
    try {
      for (int f = 0; f < k; f++) {
        rows[offset + f] += values[from + f];
      }
      chunk.biases[row] += values[from + k];
      chunk.markStale(row);
      chunk.popularity[row] = DecayedCount.add(chunk.popularity[row], popularity);
    } finally {
      locks.unlock(slot);
    }
  }

  /**
   * Sets one item to what it was, bit by bit.
   *
   * @param slot of the item
   * @param values {@code factors} factors, then the bias
   * @param popularity a {@link DecayedCount} in its stored form
   */
  public void put(int slot, float[] values, double popularity) {
    int k = config.factors();
    Chunk chunk = chunkOf(slot);
    int row = slot & CHUNK_MASK;
    locks.lock(slot);
    try {
      System.arraycopy(values, 0, chunk.factors, row * k, k);
      chunk.biases[row] = values[k];
      chunk.markStale(row);
      chunk.popularity[row] = popularity;
    } finally {
      locks.unlock(slot);
    }
  }

  /**
   * Copies one item's factors and bias.
   *
   * @param slot of the item
   * @return {@code factors} factors, then the bias
   */
  public float[] copy(int slot) {
    int k = config.factors();
    float[] values = Arrays.copyOfRange(factors(slot), offset(slot), offset(slot) + k + 1);
    values[k] = bias(slot);
    return values;
  }

  /**
   * Adds to one item's popularity.
   *
   * @param slot of the item
   * @param stored a {@link DecayedCount} in its stored form
   */
  public void addPopularity(int slot, double stored) {
    Chunk chunk = chunkOf(slot);
    int row = slot & CHUNK_MASK;
    locks.lock(slot);
    try {
      chunk.popularity[row] = DecayedCount.add(chunk.popularity[row], stored);
    } finally {
      locks.unlock(slot);
    }
  }

  /**
   * Sets one item's metadata unless newer ones are known.
   *
   * @param metadata of the item, which is added if it is not known and there is room
   * @return whether there was room
   */
  public boolean putMetadata(ItemMetadata metadata) {
    int slot = admit(metadata.itemId());
    if (slot < 0) {
      return false;
    }
    Chunk chunk = chunkOf(slot);
    int row = slot & CHUNK_MASK;
    locks.lock(slot);
    try {
      if (metadata.replaces(chunk.metadata[row])) {
        chunk.metadata[row] = metadata;
        metadataVersion.incrementAndGet();
      }
    } finally {
      locks.unlock(slot);
    }
    return true;
  }

  /**
   * Adds a batch of foreign deltas.
   *
   * @param deltas with rows of this replica's shape
   * @throws IllegalArgumentException if the rows have another length
   */
  public void addAll(ItemDeltas deltas) {
    deltas.checkFactors(config.factors());
    for (int i = 0; i < deltas.itemIds().length; i++) {
      int slot = admitForeign(deltas.itemIds()[i]);
      add(slot, deltas.values(), i * (config.factors() + 1), deltas.popularity()[i]);
    }
    ratingMean.add(deltas.ratingSum(), deltas.ratingCount());
  }

  /**
   * Gives the running mean of explicit ratings.
   *
   * @return the mean, shared by all threads
   */
  public RatingMean ratingMean() {
    return ratingMean;
  }

  /**
   * Gives the array that holds an item's factors.
   *
   * @param slot of the item
   * @return the chunk; the item's factors start at {@link #offset}; not to be written
   */
  public float[] factors(int slot) {
    return chunkOf(slot).factors;
  }

  /**
   * Gives where an item's factors start in its chunk.
   *
   * @param slot of the item
   * @return index into {@link #factors(int)}
   */
  public int offset(int slot) {
    return (slot & CHUNK_MASK) * config.factors();
  }

  /**
   * Gives the codes of an item's factors.
   *
   * @param slot of the item
   * @return the chunk, kept from the first call on; its rows are stale until they are {@linkplain
   *     #quantize quantized}
   */
  public QuantizedRows quantized(int slot) {
    return chunkOf(slot).quantized(config.factors());
  }

  /**
   * Brings the codes of an item's factors up to date.
   *
   * @param slot of the item
   * @implNote O(factors) under the row's lock.
   */
  public void quantize(int slot) {
    Chunk chunk = chunkOf(slot);
    QuantizedRows quantized = chunk.quantized(config.factors());
    locks.lock(slot);
    try {
      quantized.quantize(chunk.factors, slot & CHUNK_MASK);
    } finally {
      locks.unlock(slot);
    }
  }

  /**
   * Gives the array that holds an item's bias.
   *
   * @param slot of the item
   * @return the chunk, {@value #CHUNK_ROWS} long, in the order of slots; not to be written
   */
  public float[] biases(int slot) {
    return chunkOf(slot).biases;
  }

  /**
   * Gives the array that holds an item's popularity.
   *
   * @param slot of the item
   * @return the chunk, {@value #CHUNK_ROWS} long, in the order of slots; not to be written
   */
  public double[] popularities(int slot) {
    return chunkOf(slot).popularity;
  }

  /**
   * Gives an item's bias.
   *
   * @param slot of the item
   * @return the bias, 0 at first
   */
  public float bias(int slot) {
    return chunkOf(slot).biases[slot & CHUNK_MASK];
  }

  /**
   * Gives an item's popularity.
   *
   * @param slot of the item
   * @return a {@link DecayedCount} in its stored form
   */
  public double popularity(int slot) {
    return chunkOf(slot).popularity[slot & CHUNK_MASK];
  }

  /**
   * Gives an item's id.
   *
   * @param slot of the item
   * @return the id
   */
  public String id(int slot) {
    return chunkOf(slot).ids[slot & CHUNK_MASK];
  }

  /**
   * Gives the hash of an item's id.
   *
   * @param slot of the item
   * @return {@link Hashes#hash} of the id
   */
  public long idHash(int slot) {
    return chunkOf(slot).hashes[slot & CHUNK_MASK];
  }

  /**
   * Gives an item's metadata.
   *
   * @param slot of the item
   * @return the newest, or null if there are none
   */
  public ItemMetadata metadata(int slot) {
    return chunkOf(slot).metadata[slot & CHUNK_MASK];
  }

  /**
   * Tells whether metadata may have changed.
   *
   * @return a number that grows with every change of any item's metadata, after it is visible
   */
  public long metadataVersion() {
    return metadataVersion.get();
  }

  private Chunk chunkOf(int slot) {
    return chunks[slot >> CHUNK_BITS];
  }

  private static final class Chunk {
    final float[] factors;
    final float[] biases = new float[CHUNK_ROWS];
    final double[] popularity = new double[CHUNK_ROWS];
    final long[] hashes = new long[CHUNK_ROWS];
    final String[] ids = new String[CHUNK_ROWS];
    final ItemMetadata[] metadata = new ItemMetadata[CHUNK_ROWS];
    private volatile QuantizedRows quantized;

    Chunk(int factorsPerRow) {
      factors = new float[CHUNK_ROWS * factorsPerRow];
    }

    long bytes() {
      QuantizedRows rows = quantized;
      int references = 2 * Integer.BYTES;
      return (long) Float.BYTES * factors.length
          + (long) CHUNK_ROWS * (Float.BYTES + Double.BYTES + Long.BYTES + references)
          + (rows == null ? 0 : rows.bytes());
    }

    void markStale(int row) {
      QuantizedRows rows = quantized;
      if (rows != null) {
        rows.markStale(row);
      }
    }

    QuantizedRows quantized(int columns) {
      return quantized != null ? quantized : makeQuantized(columns);
    }

    private synchronized QuantizedRows makeQuantized(int columns) {
      if (quantized == null) {
        quantized = new QuantizedRows(columns);
      }
      return quantized;
    }
  }
}
