import type { EventBlock } from '../event-block.js';

/**
 * The lines of a manifest that name a block's imperfect events: JSON with the event's index in the run, what was done to
 * it, and its identity. Empty where nothing was done.
 *
 * @param first index of the block's first event, where it is not the block's own.
 */
export function manifestLines({ first: own, imperfect = [] }: EventBlock, first = own): string {
  return imperfect
    .map(({ offset, kind, identity, detail }) => {
      const line = { index: first + offset, kind, identity, ...(detail !== undefined && { detail }) };
      return `${JSON.stringify(line)}\n`;
    })
    .join('');
}
