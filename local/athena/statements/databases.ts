import { createDatabase, deleteDatabase, updateDatabase } from '../../glue/databases.js';
import { executionError } from '../statement-fault.js';
import { findDatabase, lookUpDatabase, tablesOf } from './catalog-lookup.js';
import type { Ddl } from './ddl.js';
import { type DdlContext, type DdlOutcome, DONE } from './ddl-outcome.js';

export async function runCreateDatabase(
  { database }: Ddl & { kind: 'CREATE_DATABASE' },
  context: DdlContext,
): Promise<DdlOutcome> {
  const { name, ifNotExists, comment, location, properties } = database;
  if (lookUpDatabase(context, name)) {
    if (ifNotExists) return DONE;
    throw executionError(`Database ${name} already exists`, 1110);
  }
  const DatabaseInput = {
    Name: name,
    ...(comment !== undefined && { Description: comment }),
    ...(location !== undefined && { LocationUri: location }),
    Parameters: { ...properties },
  };
  await createDatabase(context.athena)({ DatabaseInput }, context.request);
  return DONE;
}

export async function runAlterDatabase(
  { name, properties }: Ddl & { kind: 'ALTER_DATABASE' },
  context: DdlContext,
): Promise<DdlOutcome> {
  const { input } = findDatabase(context, name);
  const DatabaseInput = { ...input, Parameters: { ...input.Parameters, ...properties } };
  await updateDatabase(context.athena)({ Name: name, DatabaseInput }, context.request);
  return DONE;
}

export async function runDropDatabase(
  { name, ifExists, cascade }: Ddl & { kind: 'DROP_DATABASE' },
  context: DdlContext,
): Promise<DdlOutcome> {
  if (!lookUpDatabase(context, name) && ifExists) return DONE;
  findDatabase(context, name);
  if (!cascade && tablesOf(context, name).length > 0) {
    throw executionError(
      `InvalidOperationException(message:Database ${name} is not empty. One or more tables exist.)`,
    );
  }
  await deleteDatabase(context.athena)({ Name: name }, context.request);
  return DONE;
}
