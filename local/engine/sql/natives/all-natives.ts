import { BINARY_NATIVES } from './binary-natives.js';
import { DATE_NATIVES } from './date-natives.js';
import { JSON_NATIVES } from './json-natives.js';
import type { Native } from './native.js';
import { NUMBER_NATIVES } from './number-natives.js';
import { PERCENTILE_NATIVES } from './percentile-natives.js';
import { REFUSAL } from './refusal.js';
import { REGEXP_NATIVES } from './regexp-natives.js';
import { TEXT_NATIVES } from './text-natives.js';
import { URL_NATIVES } from './url-natives.js';

export const NATIVES: readonly Native[] = [
  REFUSAL,
  ...NUMBER_NATIVES,
  ...PERCENTILE_NATIVES,
  ...TEXT_NATIVES,
  ...REGEXP_NATIVES,
  ...URL_NATIVES,
  ...BINARY_NATIVES,
  ...JSON_NATIVES,
  ...DATE_NATIVES,
];
