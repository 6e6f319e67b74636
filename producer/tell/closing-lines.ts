import type { ProduceReport } from '../produce-report.js';
import type { RunFacts } from './run-facts.js';
import { achievedRate } from './summary.js';

/** What people are told at the end: the counts, then what was not sent, why, and what can be done about it. */
export function closingLines(report: ProduceReport, facts: RunFacts): readonly string[] {
  const { taken, acknowledged, retried, failed, refused, spilled } = report;
  const seconds = (facts.milliseconds / 1_000).toFixed(2);
  const rate = count(achievedRate(report, facts.milliseconds));
  const ends = [
    `${count(acknowledged)} acknowledged`,
    `${count(retried)} retried`,
    ...(refused > 0 ? [`${count(refused)} ${facts.deadLetterFile ? 'dead-lettered' : 'refused'}`] : []),
    ...(spilled > 0 ? [`${count(spilled)} spilled`] : []),
    `${count(failed)} failed`,
  ];
  return [
    `${count(taken)} sent to ${facts.stream}: ${ends.join(', ')}, in ${seconds} s (${rate} events/s).`,
    ...pace(report, facts),
    ...doubts(report),
    ...report.failures.map(({ code, message, events }) => `${count(events)} failed with ${code}: ${message}`),
    ...whereabouts(report, facts),
    ...damage(facts),
  ];
}

function* pace(
  { acknowledged, latency, throttled }: ProduceReport,
  { lateStarts = 0, latestStart = 0, droppedStarts = 0 }: RunFacts,
) {
  if (acknowledged > 0)
    yield `Half of them were acknowledged within ${inTime(latency.p50)}, 99% within ${inTime(latency.p99)}.`;
  if (throttled > 0)
    yield `${count(throttled)} times the stream sent an event back as too fast: it has too few shards for this rate.`;
  if (lateStarts > 0)
    yield `${count(lateStarts)} started later than they were to, by up to ${inTime(latestStart)}: the rate was not kept.`;
  if (droppedStarts > 0)
    yield `${count(droppedStarts)} that were to start within the time did not start: they would have been too late.`;
}

function* doubts({ possiblyDuplicated, possiblyDelivered }: ProduceReport) {
  if (possiblyDuplicated > 0)
    yield `${count(possiblyDuplicated)} may be on the stream twice: an answer about them was lost.`;
  if (possiblyDelivered > 0)
    yield `${count(possiblyDelivered)} of those not acknowledged may be on the stream all the same.`;
}

function* whereabouts({ refused, spilled }: ProduceReport, { deadLetterFile, spillFolder }: RunFacts) {
  if (refused > 0 && deadLetterFile)
    yield `${count(refused)} can never be sent as they are; they are in ${deadLetterFile}, with the reasons.`;
  if (refused > 0 && !deadLetterFile)
    yield `${count(refused)} can never be sent as they are; --dead-letter FILE keeps such events.`;
  if (spilled > 0 && spillFolder)
    yield `${count(spilled)} are kept in ${spillFolder}; send them with: npm run producer -- --replay ${quoted(spillFolder)}`;
}

function* damage({ unmarked = 0, damaged = [], spillFolder = '' }: RunFacts) {
  if (unmarked > 0)
    yield `${count(unmarked)} were acknowledged, but the disk did not take the note of it: they are still in ${spillFolder}, and a replay sends them again.`;
  for (const { file, uncertain, isAtLeast, unreadableNotes } of damaged) {
    const many = `${isAtLeast ? 'at least ' : ''}${count(uncertain)}`;
    if (uncertain > 0 || isAtLeast)
      yield `${file} is damaged: it is not known what became of ${many} of its events. The others were taken from it; it is kept.`;
    if (unreadableNotes > 0)
      yield `${file} has notes of what was acknowledged that are damaged: up to ${count(unreadableNotes)} of its events were sent again.`;
  }
}

const count = (value: number) => Math.round(value).toLocaleString('en');

function inTime(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 10_000 ? `${count(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** As a shell takes it for one word. */
const quoted = (word: string) => (/^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
