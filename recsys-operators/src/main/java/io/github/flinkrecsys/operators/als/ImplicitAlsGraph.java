/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

import io.github.flinkrecsys.core.als.FactorRow;
import io.github.flinkrecsys.core.als.ImplicitAlsConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.DeadLetter;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The training of {@link io.github.flinkrecsys.core.als.ImplicitAls} as a bounded job, for data
 * beyond one machine: the same sum is made least by the same exact half sweeps, so the products of
 * the vectors are the local trainer's up to rounding.
 *
 * <p>Users and items are spread over blocks by a hash of their id. The sweeps are unrolled: the job
 * graph has no cycle, and the job manager and the client hold nothing that grows with the data. A
 * half sweep sends each standing row once to each block that needs it, and solves one block at a
 * time per subtask.
 *
 * <p>In batch execution a task that fails is run again from what the tasks before it have left on
 * disk; there are no checkpoints.
 *
 * @see <a href="https://doi.org/10.1007/978-3-540-68880-8_32">Zhou, Wilkinson, Schreiber and Pan,
 *     Large-Scale Parallel Collaborative Filtering for the Netflix Prize, 2008</a>
 */
public final class ImplicitAlsGraph {
  private final ImplicitAlsConfig config;
  private final int userBlocks;
  private final int itemBlocks;
  private final String uidPrefix;

  private ImplicitAlsGraph(
      ImplicitAlsConfig config, int userBlocks, int itemBlocks, String uidPrefix) {
    this.config = config;
    this.userBlocks = userBlocks;
    this.itemBlocks = itemBlocks;
    this.uidPrefix = uidPrefix;
  }

  /** A side that stands and one that is solved from it. */
  private record Sides(DataStream<AlsRow> standing, DataStream<AlsRow> solved) {}

  /**
   * Adds a training to a job.
   *
   * @param interactions bounded; each pair of user and item counts once, whatever its type, weight
   *     and time
   * @param config hyperparameters; {@code threads} has no effect, the job's parallelism has
   * @param userBlocks 1 to 1,000,000; eight per subtask or more share out well
   * @param itemBlocks likewise
   * @param uidPrefix of names and uids
   * @return a row per user and item
   * @throws IllegalArgumentException if a value is out of its range, or the job's execution mode is
   *     not {@code BATCH}
   */
  public static TrainedRows train(
      DataStream<Interaction> interactions,
      ImplicitAlsConfig config,
      int userBlocks,
      int itemBlocks,
      String uidPrefix) {
    Checks.notNull("interactions", interactions);
    Checks.notNull("config", config);
    Checks.between("userBlocks", userBlocks, 1, 1_000_000);
    Checks.between("itemBlocks", itemBlocks, 1, 1_000_000);
    Checks.notBlank("uidPrefix", uidPrefix);
    RuntimeExecutionMode mode =
        interactions
            .getExecutionEnvironment()
            .getConfiguration()
            .get(ExecutionOptions.RUNTIME_MODE);
    Checks.require(
        mode == RuntimeExecutionMode.BATCH, ExecutionOptions.RUNTIME_MODE.key(), "BATCH", mode);
    return new ImplicitAlsGraph(config, userBlocks, itemBlocks, uidPrefix).train(interactions);
  }

  private TrainedRows train(DataStream<Interaction> interactions) {
    SingleOutputStreamOperator<Link> links =
        named(
            "links",
            interactions.process(new LinkFunction(uidPrefix + "-links", userBlocks, itemBlocks)));
    DataStream<AlsRow> users = rows("users", links, false, itemBlocks);
    DataStream<AlsRow> items =
        rows("items", links.getSideOutput(LinkFunction.OF_ITEM), true, userBlocks);
    for (int sweep = 1; sweep <= config.iterations(); sweep++) {
      boolean last = sweep == config.iterations();
      Sides forUsers = half("sweep-" + sweep + "-users", items, users, userBlocks, false);
      Sides forItems =
          half(
              "sweep-" + sweep + "-items",
              forUsers.solved(),
              forUsers.standing(),
              itemBlocks,
              last);
      users = forItems.standing();
      items = forItems.solved();
    }
    DataStream<FactorRow> trained =
        trained("trained-users", users, FactorRow.Side.USER)
            .union(trained("trained-items", items, FactorRow.Side.ITEM));
    return new TrainedRows(trained, links.getSideOutput(DeadLetter.TAG));
  }

  private DataStream<AlsRow> rows(
      String name, DataStream<Link> links, boolean areItems, int otherBlocks) {
    return named(
        name,
        links
            .keyBy(Link::block)
            .fullWindowPartition()
            .mapPartition(new RowsOfBlock(config, areItems, otherBlocks)));
  }

  private Sides half(
      String name,
      DataStream<AlsRow> standing,
      DataStream<AlsRow> moving,
      int blocks,
      boolean last) {
    DataStream<StandingAxes> axes = axes(name, standing);
    SingleOutputStreamOperator<BlockInput> sent =
        named(
            name + "-turn",
            standing.connect(axes.broadcast(TurnFunction.AXES)).process(new TurnFunction(last)));
    DataStream<BlockInput> spectra =
        named(name + "-spectrum", axes.flatMap(new SpectrumFunction(blocks)));
    DataStream<BlockInput> rows =
        named(name + "-rows", moving.map(BlockInput::of).returns(BlockInput.class));
    DataStream<AlsRow> solved =
        named(
            name + "-solve",
            sent.union(spectra, rows)
                .keyBy(BlockInput::block)
                .fullWindowPartition()
                .mapPartition(new SolveFunction(config)));
    return new Sides(sent.getSideOutput(TurnFunction.ROWS), solved);
  }

  private DataStream<StandingAxes> axes(String name, DataStream<AlsRow> standing) {
    DataStream<GramianLine> parts =
        named(
            name + "-gramian-parts",
            standing.fullWindowPartition().mapPartition(new PartialGramian(config.factors())));
    DataStream<GramianLine> sums =
        named(name + "-gramian", parts.keyBy(GramianLine::index).reduce(GramianLine::plus));
    return named(
            name + "-axes",
            sums.fullWindowPartition().mapPartition(new AxesFunction(config.factors())))
        .setParallelism(1);
  }

  private DataStream<FactorRow> trained(String name, DataStream<AlsRow> rows, FactorRow.Side side) {
    return named(
        name,
        rows.map(row -> new FactorRow(side, row.id(), row.vector()))
            .returns(TypeInformation.of(FactorRow.class)));
  }

  private <T> SingleOutputStreamOperator<T> named(
      String name, SingleOutputStreamOperator<T> operator) {
    return operator.name(uidPrefix + "-" + name).uid(uidPrefix + "-" + name);
  }
}
