/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.TopK;
import io.github.flinkrecsys.inference.model.ElementType;
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.RowBatch;
import io.github.flinkrecsys.inference.model.TensorSpec;
import io.github.flinkrecsys.operators.event.DeadLetter;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * Ranks candidates by a model's score, one row per candidate: a model with one input takes the
 * context and the candidate's features side by side, a model with two (two towers) takes the
 * context as its first and the candidate as its second.
 *
 * <p>The higher score comes first; equal scores keep their order. The list is given the model's
 * version, its policy {@value #POLICY}; each item keeps its source and reason. Where the model
 * cannot rank, the list is as it came, cut to {@code k}; what has no list is a {@link
 * DeadLetter#TAG dead letter}.
 */
public final class OnnxRankingFunction
    implements ModelFunction<CandidateFeatures, RecommendationList> {
  /** What was shown, with the features that it was ranked by; if it was asked for. */
  public static final OutputTag<Impression> IMPRESSIONS =
      new OutputTag<>("recsys-impressions", TypeInformation.of(Impression.class));

  /** Behind the policy of lists that a model has ranked. */
  public static final String POLICY = "; onnx";

  private static final long serialVersionUID = 1L;
  private static final String STAGE = "onnx-ranking";

  private final int k;
  private final boolean emitsImpressions;

  /**
   * Makes the function.
   *
   * @param k items of a list that are kept, 1 to 1000
   * @param emitsImpressions whether {@link #IMPRESSIONS} are emitted of lists that a model ranked,
   *     to be joined to what users do next
   * @throws IllegalArgumentException if {@code k} is out of range
   */
  public OnnxRankingFunction(int k, boolean emitsImpressions) {
    this.k = Checks.between("k", k, 1, 1000);
    this.emitsImpressions = emitsImpressions;
  }

  @Override
  public void check(ModelContract contract) {
    Checks.between("inputs of a ranking model", contract.inputs().size(), 1, 2);
    for (TensorSpec input : contract.inputs()) {
      Checks.require(
          input.type() == ElementType.FLOAT,
          "input " + input.name() + " of a ranking model",
          "of floats",
          input.type());
    }
    Checks.require(
        contract.output().width() == 1,
        "width of the output of a ranking model",
        "1",
        contract.output().width());
  }

  @Override
  public TypeInformation<RecommendationList> outputType() {
    return TypeInformation.of(RecommendationList.class);
  }

  @Override
  public String key(CandidateFeatures input) {
    return input.list().userId();
  }

  @Override
  public long timestampMillis(CandidateFeatures input) {
    return input.list().generatedAtMillis();
  }

  @Override
  public String violation(CandidateFeatures input, ModelContract contract) {
    if (!hasList(input)) {
      return "list must be given with its user and items, got " + input.list();
    }
    if (input.context() == null || input.candidates() == null) {
      return "features must be given, got null";
    }
    int items = input.list().items().length;
    int context = contextWidth(input, contract);
    int candidate = candidateWidth(input, contract);
    if (input.context().length != context) {
      return "context must be of " + context + " features, got " + input.context().length;
    }
    return candidate >= 0 && input.candidates().length == (long) items * candidate
        ? null
        : "candidates must be of "
            + items
            + " rows of "
            + candidate
            + " features, got "
            + input.candidates().length;
  }

  private static boolean hasList(CandidateFeatures input) {
    RecommendationList list = input.list();
    return list != null
        && list.userId() != null
        && list.items() != null
        && Arrays.stream(list.items()).allMatch(item -> item != null && item.itemId() != null);
  }

  private static int contextWidth(CandidateFeatures input, ModelContract contract) {
    return contract.inputs().size() == 2
        ? contract.inputs().get(0).width()
        : input.context().length;
  }

  private static int candidateWidth(CandidateFeatures input, ModelContract contract) {
    return contract.inputs().size() == 2
        ? contract.inputs().get(1).width()
        : contract.inputs().get(0).width() - input.context().length;
  }

  @Override
  public int rows(CandidateFeatures input) {
    return input.list().items().length;
  }

  @Override
  public void addRows(CandidateFeatures input, ModelContract contract, RowBatch batch) {
    int width = candidateWidth(input, contract);
    boolean towers = contract.inputs().size() == 2;
    float[] row = new float[contract.inputs().get(0).width()];
    System.arraycopy(input.context(), 0, row, 0, input.context().length);
    for (int n = 0; n < rows(input); n++) {
      if (towers) {
        batch.add(0, row, 0).add(1, input.candidates(), n * width);
      } else {
        System.arraycopy(input.candidates(), n * width, row, input.context().length, width);
        batch.add(0, row, 0);
      }
    }
  }

  @Override
  public String[] rowNames(CandidateFeatures input) {
    return Arrays.stream(input.list().items()).map(ScoredItem::itemId).toArray(String[]::new);
  }

  @Override
  public void emit(
      CandidateFeatures input, long modelVersion, float[] values, Output<RecommendationList> out) {
    RecommendationList list = input.list();
    ScoredItem[] candidates = list.items();
    TopK best = new TopK(k);
    for (int n = 0; n < candidates.length; n++) {
      best.offer(n, values[n]);
    }
    int[] order = new int[best.size()];
    best.drainTo(order, new float[order.length]);
    ScoredItem[] ranked = new ScoredItem[order.length];
    for (int place = 0; place < order.length; place++) {
      ScoredItem item = candidates[order[place]];
      ranked[place] =
          new ScoredItem(
              item.itemId(),
              values[order[place]],
              item.source(),
              item.becauseItemId(),
              item.parts());
      if (emitsImpressions) {
        out.side(IMPRESSIONS, ImpressionsFunction.impression(input, order[place], place));
      }
    }
    out.collect(
        new RecommendationList(
            list.userId(), list.generatedAtMillis(), modelVersion, list.policy() + POLICY, ranked));
  }

  @Override
  public void fallBack(CandidateFeatures input, String reason, Output<RecommendationList> out) {
    RecommendationList list = input.list();
    if (!hasList(input)) {
      out.side(DeadLetter.TAG, DeadLetter.of(STAGE, reason, input, DeadLetter.UNKNOWN_TIMESTAMP));
      return;
    }
    out.collect(
        list.items().length <= k
            ? list
            : new RecommendationList(
                list.userId(),
                list.generatedAtMillis(),
                list.modelVersion(),
                list.policy(),
                Arrays.copyOf(list.items(), k)));
  }
}
