import { PRICES } from '../../settings/prices.js';
import { type BilledUnits, billedUnits, sumOfUnits } from './billed-units.js';
import { type Dollars, dollarsOf } from './dollars.js';

/** What the records of a run cost, by the price table; without what the stream costs by the hour. */
export interface RunCostReport extends BilledUnits {
  /** In dollars. A provisioned stream's bill has the PUT units, one on demand the writing and the reading. */
  readonly dollars: Dollars;
  /** Whose prices they are: us-east-1's, whatever the region of the run. */
  readonly pricesOf: string;
  /** When the prices were last checked, as year and month. */
  readonly pricesChecked: string;
}

/** Adds up what the records of a run cost, one by one. */
export class RunCost {
  #units = billedUnits(0, 0);

  /** @param bytes of the record's data. */
  add(bytes: number): void {
    this.#units = sumOfUnits(this.#units, billedUnits(1, bytes));
  }

  /** What it is so far. */
  report(): RunCostReport {
    return {
      ...this.#units,
      dollars: dollarsOf(this.#units),
      pricesOf: PRICES.region,
      pricesChecked: PRICES.checked,
    };
  }
}
