import type { ProduceReport } from './produce.js';

/** What is said at the end: the counts, then, where some were given up, why. */
export function closingLines(report: ProduceReport, stream: string, milliseconds: number): readonly string[] {
  const { sent, acknowledged, retried, failed, possiblyDuplicated, possiblyDelivered, failures } = report;
  const seconds = milliseconds / 1_000;
  const rate = seconds > 0 ? Math.round(acknowledged / seconds) : acknowledged;
  const lines = [
    `${count(sent)} sent to ${stream}: ${count(acknowledged)} acknowledged, ${count(retried)} retried, ` +
      `${count(failed)} failed, in ${seconds.toFixed(2)} s (${count(rate)} events/s).`,
  ];
  if (possiblyDuplicated > 0)
    lines.push(`${count(possiblyDuplicated)} may be on the stream twice: an answer about them was lost.`);
  for (const { code, message, records } of failures)
    lines.push(`${count(records)} failed with ${code}: ${message}`);
  if (possiblyDelivered > 0)
    lines.push(`${count(possiblyDelivered)} of those that failed may be on the stream all the same.`);
  return lines;
}

const count = (value: number) => value.toLocaleString('en');
