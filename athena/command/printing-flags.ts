import { UsageError } from '../../cli/usage-error.js';
import { type Flags, FORMAT_NAMES } from './flags.js';
import { OutputFile } from './output-file.js';
import type { Printing } from './print-result.js';

/** @throws UsageError where the flags do not go together, with each other or with so many statements. */
export async function printingOf(
  { format, output, maxRows, dryRun }: Flags,
  statements: number | undefined,
): Promise<Printing> {
  const chosen = format ?? formatOf(output) ?? 'table';
  if (chosen === 'parquet' && output === undefined)
    throw new UsageError('Parquet goes to a file: give --output, such as rows.parquet.');
  if (output !== undefined && statements !== 1)
    throw new UsageError('--output is for the rows of one statement.');
  if (output === undefined || dryRun) return { format: chosen, maxRows };
  const file = await OutputFile.at(output);
  if (chosen === 'parquet' && !file.isFile)
    throw new UsageError(`--output is "${output}", but Parquet goes to a file.`);
  return { format: chosen, file, maxRows };
}

/** By the end of a file's name; a name without an end, or of a text, says none. */
function formatOf(file: string | undefined): Printing['format'] | undefined {
  const [, end] = /[^/]\.([^./]+)$/.exec(file ?? '') ?? [];
  const name = end?.toLowerCase();
  if (name === undefined || name === 'txt') return undefined;
  const format = name === 'md' ? 'markdown' : FORMAT_NAMES.find((known) => known === name);
  if (format) return format;
  throw new UsageError(
    `--output is "${file}", and no format ends with ".${end}": give --format, one of ${FORMAT_NAMES.join(', ')}.`,
  );
}
