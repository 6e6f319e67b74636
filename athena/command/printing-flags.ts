import { UsageError } from '../../cli/usage-error.js';
import { type Flags, FORMAT_NAMES } from './flags.js';
import type { Printing } from './print-result.js';

/** @throws UsageError where the flags do not go together, with each other or with so many statements. */
export function printingOf({ format, output, maxRows }: Flags, statements: number | undefined): Printing {
  const chosen = format ?? formatOf(output) ?? 'table';
  if (chosen === 'parquet' && output === undefined)
    throw new UsageError('Parquet goes to a file: give --output, such as rows.parquet.');
  if (output !== undefined && statements !== 1)
    throw new UsageError('--output is for the rows of one statement.');
  return { format: chosen, file: output, maxRows };
}

/** By the end of a file's name. */
function formatOf(file: string | undefined): Printing['format'] | undefined {
  const [, end] = /\.([a-z]+)$/i.exec(file ?? '') ?? [];
  const name = end?.toLowerCase();
  return name === 'md' ? 'markdown' : FORMAT_NAMES.find((known) => known === name);
}
