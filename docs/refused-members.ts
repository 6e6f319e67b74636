import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { OperationModel } from '../local/wire/service-model.js';

/** A member of a request that the code refuses by its name. */
export interface RefusedMember {
  readonly name: string;
  /** Whether that depends on its value, or on what else is asked for. */
  readonly isConditional: boolean;
}

/**
 * The members that the code of a service refuses, by operation, as the calls of `refuse` in it say. A call that stands
 * in a function of its own is of every operation whose input has such a member: at its top if any has it there.
 *
 * @param folder the service's, of which every file is read.
 * @param models the operations that the service has here.
 */
export async function refusedMembers(
  folder: string,
  models: readonly OperationModel[],
): Promise<ReadonlyMap<string, readonly RefusedMember[]>> {
  const refused = new Map<string, Map<string, RefusedMember>>();
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort()) {
    for (const { place, members, isConditional } of refusals(
      await readFile(path.join(folder, file), 'utf8'),
    )) {
      for (const name of members) {
        for (const operation of operationsOf(place, name, models)) {
          const known = refused.get(operation) ?? new Map<string, RefusedMember>();
          refused.set(operation, known.set(name, { name, isConditional }));
        }
      }
    }
  }
  return new Map([...refused].map(([operation, members]) => [operation, [...members.values()]]));
}

interface Refusal {
  /** The function that the call stands in. */
  readonly place: string;
  readonly members: readonly string[];
  readonly isConditional: boolean;
}

/** @throws Error for a call that does not name its members: the page would leave them out. */
function* refusals(source: string): Generator<Refusal> {
  for (const call of source.matchAll(/\brefuse\(([^;]*)\);/g)) {
    const before = source.slice(0, call.index);
    const members = Array.from((call[1] ?? '').matchAll(/'(\w+)'/g), ([, name = '']) => name);
    if (members.length === 0) throw new Error(`A call of refuse names no member: ${call[0]}`);
    const place = [...before.matchAll(FUNCTION)].at(-1)?.slice(1).find(Boolean) ?? '';
    yield { place, members, isConditional: /\bif \([^;{}]*\)\s*$/.test(before) };
  }
}

/** How a function begins: an operation or a helper at the left margin, or one of several operations of a table. */
const FUNCTION =
  /^(?:export )?const (\w+) =|^(?:export )?(?:async )?function (\w+)|^ +(?:async )?([A-Z]\w*)\(/gm;

function operationsOf(place: string, member: string, models: readonly OperationModel[]): string[] {
  const named = models.find(({ name }) => name.toLowerCase() === place.toLowerCase());
  if (named) return [named.name];
  const atTop = models.filter(({ input }) => hasMember(input, member, 0));
  const anywhere = atTop.length > 0 ? atTop : models.filter(({ input }) => hasMember(input, member, DEEPEST));
  return anywhere.map(({ name }) => name);
}

/** Levels of structures in one another; some hold their like. */
const DEEPEST = 6;

function hasMember(schema: NormalizedSchema, name: string, depth: number): boolean {
  if (schema.isListSchema()) return hasMember(schema.getValueSchema(), name, depth);
  if (!schema.isStructSchema()) return false;
  const members = schema.getMemberSchemas();
  if (name in members) return true;
  return depth > 0 && Object.values(members).some((member) => hasMember(member, name, depth - 1));
}
