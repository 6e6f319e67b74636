import { InvalidArgumentError } from 'commander';
import { byteCount, milliseconds, perSecond, share } from '../../cli/quantity.js';
import { LIMITS } from '../write/limits.js';
import type { Burst } from './flags.js';

// Parsers of single flags' values. Each throws commander's InvalidArgumentError, which says what is allowed.

/** Kinesis's rule for a stream's name. */
export function streamName(text: string): string {
  const most = LIMITS.streamNameCharacters;
  if (/^[a-zA-Z0-9_.-]+$/.test(text) && text.length <= most) return text;
  throw new InvalidArgumentError(`It must be 1 to ${most} letters, digits, "_", "." or "-".`);
}

export function pack(text: string): 'auto' | 'none' | number {
  if (text === 'auto' || text === 'none') return text;
  const bytes = /^\d+$/.test(text) ? Number(text) : byteCount(text);
  if (bytes >= 1 && bytes <= LIMITS.bytesPerRecord) return bytes;
  throw new InvalidArgumentError(`It must be auto, none, or up to ${LIMITS.bytesPerRecord} bytes.`);
}

export function burst(text: string): Burst {
  const [rate = '', lasting = '', every = '', ...more] = text.split(':');
  const [peak, times] = [perSecond(rate), { lasting: milliseconds(lasting), every: milliseconds(every) }];
  if (more.length === 0 && Number.isFinite(peak) && times.lasting <= times.every) return { peak, ...times };
  throw new InvalidArgumentError('It must be a rate, how long and how often, such as 5000/s:2s:60s.');
}

export function late(text: string): { share: number; by: number } {
  const [part = '', by = '1h', ...more] = text.split(':');
  if (more.length > 0) throw new InvalidArgumentError('It must be a share and a time, such as 5%:1h.');
  return { share: share(part), by: milliseconds(by) };
}

export function zipf(text: string): { exponent: number; keys: number } {
  const [, exponent, keys = '10000'] = /^(\d+(?:\.\d+)?)(?::(\d+))?$/.exec(text) ?? [];
  if (exponent === undefined || Number(keys) < 1 || Number(keys) > 10_000_000)
    throw new InvalidArgumentError(
      'It must be an exponent and how many keys, up to 10,000,000, such as 1.1:10000.',
    );
  return { exponent: Number(exponent), keys: Number(keys) };
}
