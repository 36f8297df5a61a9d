/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.model;

import static io.github.flinkrecsys.sql.SqlSession.interaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flinkrecsys.inference.model.SharedModels;
import io.github.flinkrecsys.inference.testing.OnnxGraph;
import io.github.flinkrecsys.inference.testing.TestModels;
import io.github.flinkrecsys.sql.RecsysModule;
import io.github.flinkrecsys.sql.SqlSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.types.Row;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of {@code CREATE MODEL} in {@code ML_PREDICT}, as a SQL client runs them. */
class MlPredictTest {
  private static final Path MODELS = Path.of("../../shared/models");
  private static final String COLUMNS = "recsys.columns.features";

  @TempDir Path folder;

  @AfterEach
  void everyJobHasFreedItsModel() {
    assertThat(SharedModels.inUse()).isZero();
  }

  @Test
  void aModelOfNamedFeaturesScoresRows() throws Exception {
    SqlSession session = session(TestModels.linear(1, 10).metadata(COLUMNS, "age,clicks"));
    create(session, "INPUT (age FLOAT, clicks INT) OUTPUT (score FLOAT)", "'input' = 'features'");

    assertThat(
            predict(
                session,
                "(CAST(1 AS FLOAT), 2), (CAST(3 AS FLOAT), 4)",
                "age, clicks",
                "age, score"))
        .containsExactlyInAnyOrder(Row.of(1f, 21f), Row.of(3f, 43f));
  }

  @Test
  void eachColumnIsAnInputWhereNoOptionNamesTheOnlyOne() throws Exception {
    OnnxGraph twoInputs =
        new OnnxGraph()
            .indices("customer", -1)
            .input("item", -1, 2)
            .weights("customers", new float[] {0, 0, 1, 2, 3, 4}, 3, 2)
            .nodeAlong("Gather", 0, "u", "customers", "customer")
            .node("Mul", "both", "u", "item")
            .output("both", -1, 2);
    SqlSession session = session(twoInputs);
    create(
        session,
        "INPUT (item ARRAY<DOUBLE>, customer BIGINT) OUTPUT (`both` ARRAY<FLOAT>)",
        "'item.width' = '2', 'both.width' = '2'");

    List<Row> rows =
        predict(
            session,
            "(ARRAY[CAST(10 AS DOUBLE), 100], CAST(2 AS BIGINT))",
            "item, customer",
            "`both`");

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).<Float[]>getFieldAs(0)).containsExactly(30f, 400f);
  }

  @Test
  void columnsOfATableAreCastToThoseOfTheModel() throws Exception {
    SqlSession session = session(TestModels.linear(1, 10).metadata(COLUMNS, "age,clicks"));
    create(session, "INPUT (age FLOAT, clicks FLOAT) OUTPUT (score FLOAT)", "'input' = 'features'");

    assertThat(predict(session, "(1, 2.0), (3, 4.0)", "age, clicks", "age, score"))
        .containsExactlyInAnyOrder(Row.of(1, 21f), Row.of(3, 43f));
  }

  /** A row without a score stays a row, so that a later step can fall back. */
  @Test
  void rowsThatCannotBeScoredGiveNull() throws Exception {
    SqlSession session = session(TestModels.logarithm(1, 1));
    create(session, "INPUT (features ARRAY<FLOAT>) OUTPUT (score FLOAT)", "'features.width' = '2'");

    List<Row> rows =
        predict(
            session,
            "(1, ARRAY[CAST(1 AS FLOAT), CAST(0 AS FLOAT)]),"
                + "(2, CAST(NULL AS ARRAY<FLOAT>)),"
                + "(3, ARRAY[CAST(1 AS FLOAT)]),"
                + "(4, ARRAY[CAST(1 AS FLOAT), CAST(NULL AS FLOAT)]),"
                + "(5, ARRAY[CAST(-1 AS FLOAT), CAST(0 AS FLOAT)])",
            "id, features",
            "features",
            "id, score");

    assertThat(rows)
        .containsExactlyInAnyOrder(
            Row.of(1, 0f), Row.of(2, null), Row.of(3, null), Row.of(4, null), Row.of(5, null));
  }

  @Test
  void theRealGruGivesWhatPyTorchGave() throws Exception {
    Path model = MODELS.resolve("session-gru.onnx").toAbsolutePath();
    assumeTrue(Files.exists(model), "SKIPPED: no model at ../shared/models/session-gru.onnx");
    JsonNode golden =
        new ObjectMapper().readTree(MODELS.resolve("session-gru.golden.json").toFile());
    List<String> sessions = new ArrayList<>();
    for (int row = 0; row < 8; row++) {
      List<String> items = new ArrayList<>();
      golden.get("items").get(row).forEach(i -> items.add("CAST(" + i.asLong() + " AS BIGINT)"));
      sessions.add("(" + row + ", ARRAY[" + String.join(", ", items) + "])");
    }
    SqlSession session = new SqlSession();
    create(
        session,
        model,
        "INPUT (items ARRAY<BIGINT>) OUTPUT (scores ARRAY<FLOAT>)",
        "'items.width' = '10', 'scores.width' = '2933'");

    List<Row> rows =
        predict(session, String.join(",", sessions), "id, items", "items", "id, scores");

    assertThat(rows).hasSize(8);
    for (Row row : rows) {
      int n = row.getFieldAs(0);
      Float[] scores = row.getFieldAs(1);
      assertThat(scores).hasSize(2933);
      for (int place = 0; place < 20; place++) {
        int column = golden.get("top20_index").get(n).get(place).asInt();
        double expected = golden.get("top20_scores").get(n).get(place).asDouble();
        assertThat((double) scores[column])
            .as("row %d, place %d", n, place)
            .isCloseTo(expected, within(1e-4));
      }
    }
  }

  @Test
  void wrongColumnsAndOptionsFailTheStatement() throws Exception {
    SqlSession session = session(TestModels.linear(1, 2));
    String one = "(ARRAY[CAST(1 AS FLOAT)])";
    String wanted = "INPUT (features ARRAY<FLOAT>) OUTPUT (score FLOAT)";
    refuses(session, wanted, "", one)
        .hasStackTraceContaining(
            "recsys-onnx: array column features must have its number of elements in option"
                + " features.width");
    refuses(session, wanted, "'features.width' = 'two'", one)
        .hasStackTraceContaining("option features.width must be a whole number, got two");
    refuses(session, wanted, "'features.width' = '0'", one)
        .hasStackTraceContaining(
            "recsys-onnx: option features.width must be between 1 and 10000000, got 0");
    refuses(session, wanted, "'features.width' = '1', 'threads' = '0'", one)
        .hasStackTraceContaining("recsys-onnx: threads must be between 1 and 256, got 0");
    refuses(session, wanted, "'features.width' = '1', 'colour' = 'red'", one)
        .hasStackTraceContaining("colour");
    refuses(session, wanted, "'features.width' = '1', 'input' = 'features'", one)
        .hasStackTraceContaining(
            "column features must be a number where option input names the only input, got an"
                + " array");
    refuses(session, wanted, "'features.width' = '1', 'max-file-size' = '3 gb'", one)
        .hasStackTraceContaining(
            "recsys-onnx: max-file-size must be at least 1 b and less than 2 gb, got 3221225472 b");
    refuses(
            session,
            "INPUT (features FLOAT) OUTPUT (score FLOAT)",
            "'input' = ' '",
            "(CAST(1 AS FLOAT))")
        .hasStackTraceContaining("recsys-onnx: input must be a non-blank string, got  ");
    refuses(session, "INPUT (features STRING) OUTPUT (score FLOAT)", "", "('a')")
        .hasStackTraceContaining(
            "column features must be FLOAT, DOUBLE, INT, BIGINT or an ARRAY of one of them, got"
                + " STRING");
    refuses(session, "INPUT (features FLOAT) OUTPUT (score DOUBLE)", "", "(CAST(1 AS FLOAT))")
        .hasStackTraceContaining(
            "output must be one column, FLOAT or ARRAY<FLOAT>, got `score` DOUBLE");
    refuses(
            session,
            "INPUT (features FLOAT) OUTPUT (score FLOAT NOT NULL)",
            "",
            "(CAST(1 AS FLOAT))")
        .hasStackTraceContaining(
            "output column score must be nullable, since it is NULL without a score, got NOT NULL");
  }

  @Test
  void aModelThatDoesNotFitItsColumnsFailsTheJobAndNamesTheFile() throws Exception {
    SqlSession session = session(TestModels.linear(1, 2));
    refuses(
            session,
            "INPUT (features ARRAY<FLOAT>) OUTPUT (score FLOAT)",
            "'features.width' = '3'",
            "(ARRAY[CAST(1 AS FLOAT)])")
        .hasStackTraceContaining(
            "model "
                + folder.resolve("model.onnx")
                + " (version 1) input features must have the shape [batch, 3], has [free, 2]");
    refuses(
            session,
            "INPUT (features ARRAY<FLOAT>) OUTPUT (score FLOAT)",
            "'features.width' = '2', 'max-file-size' = '20 bytes'",
            "(ARRAY[CAST(1 AS FLOAT)])")
        .hasStackTraceContaining("must have at most 20 bytes, has ");
  }

  /** Runs the statements of docs/sql.md as they stand there, but for the path of the model. */
  @Test
  void thePageRanksListsAgain() throws Exception {
    SqlSession session =
        session(TestModels.linear(-1, 100).metadata(COLUMNS, "list_score,is_neighbor"))
            .interactions(
                "events",
                List.of(
                    interaction("u1", "a", "view", 0),
                    interaction("u1", "b", "view", 1_000),
                    interaction("u2", "c", "view", 2_000),
                    interaction("u2", "a", "view", 3_000)));
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW factors AS SELECT * FROM FACTORIZE("
                + "input => TABLE events PARTITION BY shop, on_time => DESCRIPTOR(ts))");
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW lists AS SELECT * FROM TOP_K("
                + "input => TABLE factors PARTITION BY shop, on_time => DESCRIPTOR(rowtime))");
    String[] statements =
        section("docs/sql.md", "### A model of PyTorch or TensorFlow")
            .replace("s3://models/rank-1.onnx", folder.resolve("model.onnx").toString())
            .split(";\\s*");
    assertThat(statements).hasSize(3);
    session.tables().executeSql(statements[0]);
    session.tables().executeSql(statements[1]);

    List<Row> listed = session.query("SELECT item_id, list_score, is_neighbor FROM candidates");
    List<Row> ranked = session.query(statements[2]);

    assertThat(listed).hasSize(ranked.size()).hasSizeGreaterThan(2);
    for (int n = 0; n < listed.size(); n++) {
      Row item = listed.get(n);
      assertThat(ranked.get(n).getField(2)).isEqualTo(item.getField(0));
      assertThat((float) ranked.get(n).getFieldAs(3))
          .isCloseTo(100 * (float) item.getFieldAs(2) - (float) item.getFieldAs(1), within(1e-4f));
    }
    assertThat(ranked).anyMatch(row -> (float) row.getFieldAs(3) > 50);
  }

  /** Gives the block of SQL below a heading. */
  private static String section(String page, String heading) throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(root.resolve(page))) {
      root = root.getParent();
    }
    String text = Files.readString(root.resolve(page));
    int begin = text.indexOf("```sql\n", text.indexOf(heading + "\n")) + 7;
    return text.substring(begin, text.indexOf("```", begin));
  }

  /** A factory of the module would be asked for the models of every provider. */
  @Test
  void otherProvidersAreLeftAlone() throws Exception {
    assertThat(new RecsysModule().getModelProviderFactory()).isEmpty();
    SqlSession session = new SqlSession();
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY MODEL ranker INPUT (f FLOAT) OUTPUT (score FLOAT)"
                + " WITH ('provider' = 'another')");
    assertThatThrownBy(() -> predict(session, "(CAST(1 AS FLOAT))", "f", "score"))
        .hasStackTraceContaining("another")
        .hasStackTraceContaining("recsys-onnx");
  }

  @Test
  void withoutItsJarsTheStatementSaysWhichAreMissing() {
    ResolvedSchema input = ResolvedSchema.of(Column.physical("f", DataTypes.FLOAT()));
    ResolvedSchema output = ResolvedSchema.of(Column.physical("score", DataTypes.FLOAT()));
    CatalogModel model =
        CatalogModel.of(
            Schema.newBuilder().fromResolvedSchema(input).build(),
            Schema.newBuilder().fromResolvedSchema(output).build(),
            Map.of("provider", "recsys-onnx", "path", "/model.onnx"),
            null);
    assertThatThrownBy(
            () ->
                FactoryUtil.createModelProvider(
                    new OnnxModelProviderFactory(),
                    ObjectIdentifier.of("a", "b", "c"),
                    ResolvedCatalogModel.of(model, input, output),
                    new Configuration(),
                    ClassLoader.getPlatformClassLoader(),
                    true))
        .hasStackTraceContaining(
            "recsys-onnx: the jars recsys-inference and onnxruntime must be on the class path,"
                + " io.github.flinkrecsys.inference.model.OnnxModel is not there");
  }

  private SqlSession session(OnnxGraph graph) throws Exception {
    graph.write(folder.resolve("model.onnx"));
    return new SqlSession();
  }

  private void create(SqlSession session, String columns, String options) {
    create(session, folder.resolve("model.onnx"), columns, options);
  }

  private static void create(SqlSession session, Path file, String columns, String options) {
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY MODEL ranker "
                + columns
                + " WITH ('provider' = 'recsys-onnx', 'path' = '"
                + file
                + "'"
                + (options.isEmpty() ? "" : ", ")
                + options
                + ")");
  }

  /** Predicts; the rows of VALUES may be sources of their own, so they come in any order. */
  private static List<Row> predict(
      SqlSession session, String values, String columns, String selected) throws Exception {
    return predict(session, values, columns, columns, selected);
  }

  private static List<Row> predict(
      SqlSession session, String values, String columns, String given, String selected)
      throws Exception {
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW candidates AS SELECT * FROM (VALUES "
                + values
                + ") AS t("
                + columns
                + ")");
    return session.query(
        "SELECT "
            + selected
            + " FROM ML_PREDICT(TABLE candidates, MODEL ranker, DESCRIPTOR("
            + given
            + "))");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refuses(
      SqlSession session, String columns, String options, String values) {
    create(session, columns, options);
    session
        .tables()
        .executeSql(
            "CREATE TEMPORARY VIEW candidates AS SELECT * FROM (VALUES "
                + values
                + ") AS t(features)");
    try {
      return assertThatThrownBy(
          () ->
              session.query(
                  "SELECT * FROM ML_PREDICT(TABLE candidates, MODEL ranker,"
                      + " DESCRIPTOR(features))"));
    } finally {
      session.tables().executeSql("DROP TEMPORARY MODEL ranker");
      session.tables().executeSql("DROP TEMPORARY VIEW candidates");
    }
  }
}
