/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScriptTest {
  @Test
  void semicolonsInQuotesAndCommentsSplitNothing() {
    assertThat(
            SqlScript.split(
                "SELECT 'a;''b' -- one; two\n, `c;d`; /* three; */ SELECT 2;\n\n; SELECT 3"))
        .containsExactly("SELECT 'a;''b' \n, `c;d`", "SELECT 2", "SELECT 3");
  }

  @Test
  void aStatementSetIsOneStatement() {
    String set = "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END";

    assertThat(SqlScript.split("USE x; " + set + "; SELECT 1;"))
        .containsExactly("USE x", set, "SELECT 1");
  }
}
