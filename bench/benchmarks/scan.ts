import type { Benchmark, Task } from '../benchmark.js';
import { lakeSession, localLake } from '../lake.js';
import { type Measurement, measure } from '../measure.js';

const OURS = 'typed columns, a partition an hour';
const STRINGS = 'all strings, no partitions';
const JSON_COLUMN = 'one string of JSON, no partitions';

/** What Athena bills, by the layout of the table. All are Parquet by SNAPPY, made of the same rows. */
export const scan: Benchmark = {
  name: 'scan',
  about:
    'bytes that a query of two columns of one hour scans, of a day of 2.4 million customers. Without partitions the hour is told by the time in the rows.',
  unit: 'bytes',
  rounds: 1,
  surroundings: () => localLake(DAY, BY_HOUR, AS_STRINGS, AS_JSON),
  contenders: [
    { name: OURS, run: (task) => scanned(task, "SELECT status, event_date FROM by_hour WHERE hour = '05'") },
    {
      name: STRINGS,
      run: (task) =>
        scanned(task, `SELECT status, event_date FROM as_strings WHERE substr(event_date, 12, 2) = '05'`),
    },
    {
      name: JSON_COLUMN,
      run: (task) =>
        scanned(
          task,
          `SELECT json_extract_scalar(data, '$.status') AS status, json_extract_scalar(data, '$.event_date') AS event_date
          FROM as_json WHERE substr(json_extract_scalar(data, '$.event_date'), 12, 2) = '05'`,
        ),
    },
  ],
  comparisons: [
    { subject: STRINGS, peer: OURS, figure: 'amount' },
    { subject: JSON_COLUMN, peer: OURS, figure: 'amount', wanted: '>= 50' },
  ],
};

const EVENTS = 2_400_000;

/** A day of events, one each 36 ms. */
const DAY = `CREATE TABLE day WITH (external_location = '{lake}/day/', parquet_compression = 'SNAPPY') AS
  SELECT CAST(uuid() AS varchar) AS uuid,
    date_add('millisecond', (a * 1000 + b) * 36, TIMESTAMP '2026-02-04 00:00:00.000') AS event_date,
    element_at(ARRAY['Active', 'Inactive', 'Canceled'], CAST(random(3) AS integer) + 1) AS status,
    'Name ' || CAST(random(2000) AS varchar) AS name, 'Last name ' || CAST(random(2000) AS varchar) AS last_name,
    'name.' || CAST(random(2000000) AS varchar) || '@example.com' AS email, CAST(900000000 + random(99999999) AS varchar) AS phone
  FROM UNNEST(sequence(0, 2399)) AS x(a) CROSS JOIN UNNEST(sequence(0, 999)) AS y(b)`;

const BY_HOUR = `CREATE TABLE by_hour
  WITH (external_location = '{lake}/by-hour/', parquet_compression = 'SNAPPY', partitioned_by = ARRAY['hour']) AS
  SELECT *, date_format(event_date, '%H') AS hour FROM day`;

const STRING_COLUMNS = `uuid, to_iso8601(event_date) || 'Z' AS event_date, status, name, last_name, email, phone`;

const AS_STRINGS = `CREATE TABLE as_strings WITH (external_location = '{lake}/as-strings/', parquet_compression = 'SNAPPY') AS
  SELECT ${STRING_COLUMNS} FROM day`;

const AS_JSON = `CREATE TABLE as_json WITH (external_location = '{lake}/as-json/', parquet_compression = 'SNAPPY') AS
  SELECT '{"uuid":"' || uuid || '","event_date":"' || event_date || '","status":"' || status || '","name":"' || name ||
    '","last_name":"' || last_name || '","email":"' || email || '","phone":"' || phone || '"}' AS data
  FROM (SELECT ${STRING_COLUMNS} FROM day)`;

async function scanned({ endpoint }: Task, sql: string): Promise<Measurement> {
  const session = lakeSession(endpoint);
  const measurement = await measure(async () => {
    const { statistics, outputLocation } = await session.query(sql);
    if (outputLocation === undefined) throw new Error('There is no result.');
    return statistics.bytesScanned;
  });
  const [{ events } = { events: 0n }] = await session.rows<{ events: bigint }>(
    `SELECT count(*) AS events FROM (${sql})`,
  );
  await session.close();
  if (Number(events) !== EVENTS / 24) throw new Error(`The hour has ${events} events.`);
  return measurement;
}
