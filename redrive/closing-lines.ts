import type { ProduceReport } from '../producer/produce-report.js';
import { counted } from './in-words.js';
import type { RedriveReport } from './redrive.js';

/** What is said at the end: the counts, then why events were not sent. */
export function closingLines(
  report: RedriveReport,
  stream: string,
  unsendable: ReadonlyMap<string, number>,
  produced: ProduceReport | undefined,
): readonly string[] {
  const { objects, sent, leftOut, undelivered, held } = report;
  const notSent = report.unsendable + undelivered;
  const verb = produced ? 'sent to' : 'would be sent to';
  const lines = [
    `${counted(sent, 'event')} ${verb} ${stream}, ${leftOut.toLocaleString('en')} left out, ` +
      `${notSent.toLocaleString('en')} not sent; ${counted(objects, 'object')} read to the end.`,
  ];
  for (const [code, events] of unsendable) lines.push(`${counted(events, 'event')} not sent: ${code}.`);
  if (unsendable.size > 0)
    lines.push(
      'Sent, they would only fail again: a mapping (--map) can repair them, or leave them out for good.',
    );
  for (const { code, message } of produced?.failures ?? []) lines.push(`${code}: ${message}`);
  const duplicates = produced?.possiblyDuplicated ?? 0;
  if (duplicates > 0)
    lines.push(`${counted(duplicates, 'event')} may be on the stream twice: an answer about them was lost.`);
  for (const key of held) lines.push(`Left alone, as another run is sending it: ${key}`);
  if (report.isStopped) lines.push('It was stopped before the end.');
  return lines;
}
