import { type ChargedQuery, queryDollars } from './query-dollars.js';

/** What the queries of a session took together. */
export interface Spent {
  readonly queries: number;
  readonly bytesScanned: number;
  /** About what they cost, in dollars. */
  readonly dollars: number;
}

/** Adds up what queries took. */
export class Spending {
  #queries = 0;
  #bytesScanned = 0;
  #dollars = 0;

  add(query: ChargedQuery): void {
    this.#queries++;
    this.#bytesScanned += query.bytesScanned;
    this.#dollars += queryDollars(query);
  }

  report(): Spent {
    return { queries: this.#queries, bytesScanned: this.#bytesScanned, dollars: this.#dollars };
  }
}
