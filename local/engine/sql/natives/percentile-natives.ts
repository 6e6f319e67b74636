import { type Native, native, TrinoError } from './native.js';
import { TDigest } from './t-digest.js';

/** Percentiles of values with weights, which no aggregate of DuckDB tells. */
export const PERCENTILE_NATIVES: readonly Native[] = [
  // A value and its weight by turns, and the percentiles. NULL of nothing.
  native('trino_weighted_percentiles', ['doubles', 'doubles'], 'doubles', (pairs, percentiles) => {
    const digest = new TDigest();
    for (let i = 0; i < pairs.length; i += 2) {
      const [value = null, weight = null] = [pairs[i], pairs[i + 1]];
      if (value === null || !Number.isFinite(value)) throw invalid(`value must be finite; was ${value}`);
      if (weight === null || !Number.isFinite(weight)) throw invalid(`weight must be finite, was ${weight}`);
      if (weight < 1) throw invalid(`weight must be >= 1, was ${weight}`);
      digest.add(value, weight);
    }
    return percentiles.map((percentile) => {
      if (percentile === null) throw invalid('Percentile cannot be null');
      if (!(percentile >= 0 && percentile <= 1)) throw invalid('Percentile must be between 0 and 1');
      return digest.valueAt(percentile);
    });
  }),
];

function invalid(message: string): TrinoError {
  return new TrinoError('INVALID_FUNCTION_ARGUMENT', message);
}
