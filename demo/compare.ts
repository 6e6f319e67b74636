import type { Row } from '../athena/index.js';
import type { Dataset } from '../datasets/index.js';

/** How the rows that a query gave differ from the events that were sent. */
export interface Differences {
  /** Events of which there is no row. */
  readonly missing: number;
  /** Rows more than one of an event, or of no event at all. */
  readonly extra: number;
  /** Rows with another value than their event, each as `column of identity`. */
  readonly changed: readonly string[];
}

/** Compares each event with its row, value by value; rows and events are matched by the dataset's identity. */
export function compare(
  { columns, identity }: Dataset,
  events: Iterable<Readonly<Record<string, unknown>>>,
  rows: readonly Row[],
): Differences {
  const expected = new Map([...events].map((event) => [String(event[identity]), event]));
  const changed: string[] = [];
  let extra = 0;
  for (const row of rows) {
    const id = String(row[identity]);
    const event = expected.get(id);
    expected.delete(id);
    if (!event) extra++;
    else {
      for (const [name, { type }] of Object.entries(columns)) {
        const sent = type === 'timestamp' ? athenaTimestamp(String(event[name])) : event[name];
        if (row[name] !== sent) changed.push(`${name} of ${id}`);
      }
    }
  }
  return { missing: expected.size, extra, changed };
}

/** What Athena shows of a time sent as ISO 8601 in UTC. */
const athenaTimestamp = (iso: string) => iso.replace('T', ' ').replace('Z', '');
