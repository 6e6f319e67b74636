import type { Block } from '../block.js';
import type { Clients } from '../clients.js';

/** How a type of resource is created. */
export interface Creator {
  /** The property that holds the resource's name in AWS. */
  readonly nameProperty: string;
  /** Creates the resource and waits until it can be used; leaves alone what is there. */
  create(resource: Block, clients: Clients): Promise<Outcome>;
}

export type Outcome = 'created' | 'existing';

/** Runs a creation; AWS's answer by that `error` that the thing is there is no fault. */
export async function createUnless(error: string, creation: Promise<unknown>): Promise<Outcome> {
  try {
    await creation;
    return 'created';
  } catch (fault) {
    if (fault instanceof Error && fault.name === error) return 'existing';
    throw fault;
  }
}
