import { type LivePicture, settledEvents } from './live-figures.js';

/** A picture as one line of a terminal, at most so many columns wide: what matters least goes first. */
export function liveLine(picture: LivePicture, columns: number): string {
  const parts = partsOf(picture);
  while (parts.length > 1 && widthOf(parts) > columns) parts.splice(leastImportant(parts), 1);
  const text = parts.map((part) => part.text).join(SEPARATOR);
  const bar = barOf(picture, Math.min(LONGEST_BAR, columns - text.length - 1));
  return `${bar}${text}`.slice(0, Math.max(0, columns));
}

interface Part {
  readonly text: string;
  /** The smallest stays longest. */
  readonly rank: number;
}

const SEPARATOR = ' | ';

function partsOf(picture: LivePicture): Part[] {
  const { total, rate, wishedRate, retried, throttled, refused, failed, spilled } = picture;
  const { lateStarts = 0, bufferedBytes, secondsLeft } = picture;
  const settled = count(settledEvents(picture));
  const unhappy: readonly (readonly [number, string])[] = [
    [refused, 'refused'],
    [failed, 'failed'],
    [spilled, 'spilled'],
    [lateStarts, 'late'],
  ];
  return [
    { rank: 0, text: total === undefined ? `${settled} events` : `${settled} of ${count(total)} events` },
    {
      rank: 1,
      text: wishedRate === undefined ? `${count(rate)}/s` : `${count(rate)} of ${count(wishedRate)}/s`,
    },
    { rank: 4, text: `${count(retried)} retried` },
    { rank: 5, text: `${count(throttled)} throttled` },
    ...unhappy
      .filter(([events]) => events > 0)
      .map(([events, what]) => ({ rank: 3, text: `${count(events)} ${what}` })),
    { rank: 6, text: `${size(bufferedBytes)} held` },
    ...(secondsLeft === undefined ? [] : [{ rank: 2, text: `${duration(secondsLeft)} left` }]),
  ];
}

const widthOf = (parts: readonly Part[]) =>
  parts.reduce((width, { text }) => width + text.length, SEPARATOR.length * (parts.length - 1));

const leastImportant = (parts: readonly Part[]) =>
  parts.reduce((least, { rank }, index) => (rank >= (parts[least]?.rank ?? 0) ? index : least), 0);

const LONGEST_BAR = 24;
const SHORTEST_BAR = 8;

/** With a blank after it; nothing where the end is not known, or where there is no room. */
function barOf(picture: LivePicture, width: number): string {
  const { total } = picture;
  if (total === undefined || width < SHORTEST_BAR) return '';
  const done = total === 0 ? 1 : Math.min(1, settledEvents(picture) / total);
  const full = Math.floor(done * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} `;
}

const count = (value: number) => Math.round(value).toLocaleString('en');

function size(bytes: number): string {
  const MiB = 1_024 * 1_024;
  return bytes < MiB ? `${count(bytes / 1_024)} KiB` : `${(bytes / MiB).toFixed(1)} MiB`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${count(Math.floor(whole / 3_600))} h ${Math.floor((whole % 3_600) / 60)} min`;
}
