/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.catalog.ContentIndex;
import io.github.flinkrecsys.core.catalog.Trends;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.neighbor.SessionIndex;
import io.github.flinkrecsys.core.ranking.BlendWeights;
import io.github.flinkrecsys.core.ranking.ItemModels;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ModelProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * A replica and who uses it, found through a registry of this process by job, model and scope. It
 * lives from the first subtask that opens it to the last that closes it.
 *
 * <p>The first writer that opens it leads: it restores the replica and adds what other task
 * managers send. Readers wait for it. A layout in which a task manager reads and does not write, or
 * in which readers and writers differ in parallelism, would let results go stale without a sign; it
 * is refused when the job starts.
 */
public final class SharedReplica {
  private static final String WRITER = "writer";
  private static final Map<Key, SharedReplica> REGISTRY = new HashMap<>();

  private record Key(String job, String model, int subtask) {}

  private record User(String role, int subtask) {}

  private final Key key;
  private final ItemModels models;
  private final long origin = UUID.randomUUID().getMostSignificantBits();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Map<User, TaskInfo> users = new HashMap<>();
  private boolean led;
  private volatile boolean servesWholeJob;

  private SharedReplica(Key key, ReplicaSettings settings) {
    this.key = key;
    ItemReplica items = new ItemReplica(settings.items());
    this.models =
        new ItemModels(
            items,
            settings.decay(),
            new ItemNeighbors(settings.neighbors(), items, settings.decay()),
            new SessionIndex(settings.sessions()),
            new Trends(settings.catalog(), items),
            new ContentIndex(settings.catalog(), items),
            new BlendWeights(),
            new InteractionGraph(settings.graph()),
            new ModelProgress());
  }

  /** A subtask's hold on a replica. */
  public static final class Lease implements AutoCloseable {
    private final SharedReplica replica;
    private final User user;
    private final boolean leads;

    private Lease(SharedReplica replica, User user, boolean leads) {
      this.replica = replica;
      this.user = user;
      this.leads = leads;
    }

    /**
     * Gives all that is known of the items.
     *
     * @return memory that all leases share
     */
    public ItemModels models() {
      return replica.models;
    }

    /**
     * Gives the items.
     *
     * @return memory that all leases share
     */
    public ItemReplica items() {
      return replica.models.items();
    }

    /**
     * Gives the items' neighbours.
     *
     * @return memory that all leases share
     */
    public ItemNeighbors neighbors() {
      return replica.models.neighbors();
    }

    /**
     * Gives what has been learned about blend weights.
     *
     * @return memory that all leases share
     */
    public BlendWeights blend() {
      return replica.models.blend();
    }

    /**
     * Gives the sessions that have closed.
     *
     * @return memory that all leases share
     */
    public SessionIndex sessions() {
      return replica.models.sessions();
    }

    /**
     * Gives the graph of users and items.
     *
     * @return memory that all leases share
     */
    public InteractionGraph graph() {
      return replica.models.graph();
    }

    /**
     * Gives what trends.
     *
     * @return memory that all leases share
     */
    public Trends trends() {
      return replica.models.trends();
    }

    /**
     * Gives which offline models have arrived.
     *
     * @return memory that all leases share
     */
    public ModelProgress offline() {
      return replica.models.offline();
    }

    /**
     * Identifies this replica in deltas, so that it can tell its own.
     *
     * @return random number
     */
    public long origin() {
      return replica.origin;
    }

    /**
     * Tells whether this writer restores the replica and adds foreign deltas.
     *
     * @return true for one writer
     */
    public boolean leads() {
      return leads;
    }

    /**
     * Tells whether every reader of the job shares this replica, so that no other task manager
     * waits for deltas.
     *
     * @return true once all readers have opened it
     */
    public boolean servesWholeJob() {
      return replica.servesWholeJob;
    }

    /** Lets readers start: the leader has restored everything. */
    public void markReady() {
      replica.ready.complete(null);
    }

    @Override
    public void close() {
      synchronized (REGISTRY) {
        replica.users.remove(user);
        if (replica.users.isEmpty()) {
          REGISTRY.remove(replica.key);
        }
      }
    }
  }

  /**
   * Opens a replica for writing.
   *
   * @param settings which
   * @param context of the subtask
   * @return the lease, to be closed with the subtask
   */
  public static Lease openWriter(ReplicaSettings settings, RuntimeContext context) {
    return open(settings, context, WRITER);
  }

  /**
   * Opens a replica for reading, and waits until it is restored.
   *
   * @param settings which
   * @param context of the subtask
   * @param role of the operator: several may read one replica, each subtask of each once
   * @return the lease, to be closed with the subtask
   * @throws IllegalStateException if no writer makes it ready in time
   * @throws InterruptedException if the task is cancelled
   */
  public static Lease openReader(ReplicaSettings settings, RuntimeContext context, String role)
      throws InterruptedException {
    Lease lease = open(settings, context, role);
    try {
      lease.replica.ready.get(settings.readyTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return lease;
    } catch (TimeoutException | ExecutionException e) {
      lease.close();
      throw new IllegalStateException(
          "the replica of model "
              + settings.model()
              + " must be ready within "
              + settings.readyTimeout()
              + ", and is not in this task manager: the item replica operator must run here too,"
              + " with the slot-sharing group and parallelism of the operator that reads it ("
              + context.getTaskInfo().getTaskNameWithSubtasks()
              + ")",
          e);
    } catch (InterruptedException e) {
      lease.close();
      throw e;
    }
  }

  private static Lease open(ReplicaSettings settings, RuntimeContext context, String role) {
    TaskInfo task = context.getTaskInfo();
    int subtask = task.getIndexOfThisSubtask();
    Key key =
        new Key(
            context.getJobInfo().getJobId().toString(),
            settings.model(),
            settings.scope() == ReplicaScope.SUBTASK ? subtask : -1);
    synchronized (REGISTRY) {
      SharedReplica replica = REGISTRY.computeIfAbsent(key, k -> new SharedReplica(k, settings));
      replica.checkFits(settings, task);
      User user = new User(role, subtask);
      if (replica.users.putIfAbsent(user, task) != null) {
        throw new IllegalStateException(
            "the replica of model "
                + settings.model()
                + " must have one "
                + role
                + " per subtask, got a second for subtask "
                + subtask
                + ": give each model of a job its own name, or wait until the last attempt has"
                + " ended");
      }
      boolean leads = role.equals(WRITER) && !replica.led;
      replica.led |= leads;
      replica.servesWholeJob =
          replica.users.keySet().stream().filter(other -> other.role().equals(WRITER)).count()
              == task.getNumberOfParallelSubtasks();
      return new Lease(replica, user, leads);
    }
  }

  private void checkFits(ReplicaSettings settings, TaskInfo task) {
    checkSame("items", settings, models.items().config(), settings.items());
    checkSame("decay", settings, models.decay(), settings.decay());
    checkSame("neighbors", settings, models.neighbors().config(), settings.neighbors());
    checkSame("catalog", settings, models.trends().config(), settings.catalog());
    checkSame("graph", settings, models.graph().config(), settings.graph());
    checkSame("sessions", settings, models.sessions().config(), settings.sessions());
    for (TaskInfo other : users.values()) {
      if (other.getNumberOfParallelSubtasks() != task.getNumberOfParallelSubtasks()) {
        throw new IllegalStateException(
            "parallelism of "
                + task.getTaskName()
                + " must be that of "
                + other.getTaskName()
                + " ("
                + other.getNumberOfParallelSubtasks()
                + "), with which it shares the replica of model "
                + settings.model()
                + ", got "
                + task.getNumberOfParallelSubtasks());
      }
    }
  }

  private static void checkSame(
      String name, ReplicaSettings settings, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new IllegalStateException(
          name
              + " of model "
              + settings.model()
              + " must be the same for all its operators, "
              + expected
              + ", got "
              + actual);
    }
  }

  /**
   * Counts the replicas in this process, for tests and metrics.
   *
   * @return number of replicas in use
   */
  public static int inUse() {
    synchronized (REGISTRY) {
      return REGISTRY.size();
    }
  }
}
