-- A complete recommender: interactions in; sessions, trends and recommendations out.
-- docs/sql.md explains it line by line.

SET 'parallelism.default' = '1';
SET 'table.dml-sync' = 'true';

LOAD MODULE recsys;

-- In: a file. With 'connector' = 'kafka' it is a topic; docs/sql.md has the words for that.
CREATE TEMPORARY TABLE interactions (
  user_id STRING,
  item_id STRING,
  event_type STRING,
  time_millis BIGINT,
  shop AS 'main',
  -- A row without a time that can be is one of 1969, and passed over, since NULL would fail the job.
  ts AS COALESCE(TO_TIMESTAMP_LTZ(time_millis, 3), TO_TIMESTAMP_LTZ(-1, 3)),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = 'interactions.csv',
  'format' = 'csv',
  'csv.ignore-parse-errors' = 'true'
);

-- Out: files of JSON lines.
CREATE TEMPORARY TABLE sessions (
  user_id STRING,
  session_start TIMESTAMP_LTZ(3),
  session_end TIMESTAMP_LTZ(3),
  item_ids ARRAY<STRING>
) WITH ('connector' = 'filesystem', 'path' = 'out/sessions', 'format' = 'json');

CREATE TEMPORARY TABLE trending_items (
  as_of TIMESTAMP_LTZ(3),
  place INT,
  item_id STRING,
  score DOUBLE
) WITH ('connector' = 'filesystem', 'path' = 'out/trending', 'format' = 'json');

CREATE TEMPORARY TABLE recommendations (
  user_id STRING,
  as_of TIMESTAMP_LTZ(3),
  items ARRAY<ROW<item_id STRING, score FLOAT, source STRING, because_item_id STRING>>
) WITH ('connector' = 'filesystem', 'path' = 'out/recommendations', 'format' = 'json');

-- The model: one row per user or item whose factors changed. A partition is a model of its own.
CREATE TEMPORARY VIEW factors AS
SELECT * FROM FACTORIZE(
  input => TABLE interactions PARTITION BY shop,
  on_time => DESCRIPTOR(ts),
  factors => 32,
  uid => 'shop-factors');

EXECUTE STATEMENT SET BEGIN

INSERT INTO sessions
SELECT user_id, session_start, session_end, item_ids FROM SESSIONIZE(
  input => TABLE interactions PARTITION BY user_id,
  on_time => DESCRIPTOR(ts),
  gap => INTERVAL '30' MINUTE,
  uid => 'shop-sessions');

INSERT INTO trending_items
SELECT rowtime, place, item_id, score FROM TRENDING(
  input => TABLE interactions PARTITION BY shop,
  on_time => DESCRIPTOR(ts),
  half_life => INTERVAL '1' DAY,
  send_every => INTERVAL '1' HOUR,
  uid => 'shop-trending');

-- After every interaction, ten items that the user has not seen.
INSERT INTO recommendations
SELECT user_id, rowtime, items FROM TOP_K(
  input => TABLE factors PARTITION BY shop,
  on_time => DESCRIPTOR(rowtime),
  k => 10,
  uid => 'shop-top-k');

END;
