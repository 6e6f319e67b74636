import { FRAME_MACRO } from '../analyze-frame.js';
import { ROUND_DIV_MACRO } from '../arithmetic.js';
import { DECIMAL_TEXT_MACRO } from '../casts.js';
import { ALL_AND_ANY_MACROS } from '../comparison.js';
import { FAIL_MACRO, REFUSE_MACRO } from '../fail-macros.js';
import { INTERVAL_MACROS } from '../intervals.js';
import { MOMENT_MACROS } from '../moment-text.js';
import { LIKE_MACRO } from '../predicates.js';
import { REAL_MACROS } from '../real-macros.js';
import { FLOAT_TEXT_MACRO } from '../result-text.js';
import { INSTANT_MACRO } from '../time-zones.js';
import { TIME_MACROS } from '../times.js';
import { AGGREGATE_MACROS } from './aggregates.js';
import { ELEMENT_MACROS } from './array-elements.js';
import { COMPARED_MACRO } from './array-lambdas.js';
import { SET_MACROS } from './array-sets.js';
import { SLICE_MACRO } from './arrays.js';
import { COMBINATION_MACROS } from './combinations.js';
import { DATE_MACROS } from './dates.js';
import { LOCAL_TEXT_MACRO } from './format.js';
import { MAP_MACROS } from './maps.js';
import { MATH_MACROS } from './math.js';
import { REGEXP_MACROS } from './regexp-search.js';
import { SEQUENCE_MACROS } from './sequence.js';
import { UPPER_MACRO } from './text.js';
import { WINDOW_MACROS } from './windows.js';

/** What the SQL of this engine calls by names of its own; each after those that it calls itself. */
export const FUNCTION_MACROS: readonly string[] = [
  FAIL_MACRO,
  REFUSE_MACRO,
  FLOAT_TEXT_MACRO,
  ROUND_DIV_MACRO,
  DECIMAL_TEXT_MACRO,
  ...REAL_MACROS,
  LIKE_MACRO,
  UPPER_MACRO,
  ...MOMENT_MACROS,
  LOCAL_TEXT_MACRO,
  ...WINDOW_MACROS,
  FRAME_MACRO,
  ...ALL_AND_ANY_MACROS,
  ...INTERVAL_MACROS,
  ...TIME_MACROS,
  INSTANT_MACRO,
  ...MATH_MACROS,
  ...DATE_MACROS,
  ...REGEXP_MACROS,
  ...ELEMENT_MACROS,
  ...SET_MACROS,
  COMPARED_MACRO,
  SLICE_MACRO,
  ...COMBINATION_MACROS,
  ...SEQUENCE_MACROS,
  ...MAP_MACROS,
  ...AGGREGATE_MACROS,
];
