import type {
  CreateWorkGroupCommandInput,
  CreateWorkGroupCommandOutput,
  DeleteWorkGroupCommandInput,
  DeleteWorkGroupCommandOutput,
  GetWorkGroupCommandInput,
  GetWorkGroupCommandOutput,
  ListWorkGroupsCommandInput,
  ListWorkGroupsCommandOutput,
  WorkGroupConfiguration,
} from '@aws-sdk/client-athena';
import { pageOf } from '../resources/page.js';
import type { Place } from '../resources/resource-table.js';
import { type Tags, tagsOf } from '../resources/tags.js';
import type { Entries } from '../store/store.js';
import type { Checked, Operation } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { type HistoryEntry, historyOf, removeExecution } from './execution-entry.js';
import { invalidRequest } from './invalid-request.js';
import { type NamedQueryEntry, namedQueriesOf, removeNamedQuery } from './named-query-entry.js';
import { pageRequest } from './page-request.js';
import {
  type PreparedStatementEntry,
  preparedStatementKey,
  preparedStatementsOf,
} from './prepared-statement-entry.js';
import { checkTags } from './tags.js';
import { checkConfiguration } from './workgroup-configuration.js';

/** A workgroup as the store keeps it. */
export interface WorkGroupEntry {
  readonly name: string;
  readonly description: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly configuration: Checked<WorkGroupConfiguration>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly tags: Tags;
}

export const workGroupKey = ({ account, region }: Place, name: string) =>
  ['workgroup', account, region, name] as const;

/** Characters: what is longer names nothing, and is too long for the store. */
const LONGEST_NAME = 128;

/** Every account has it in every region, and cannot delete it. */
const PRIMARY: WorkGroupEntry = {
  name: 'primary',
  description: '',
  state: 'ENABLED',
  configuration: { EnforceWorkGroupConfiguration: false },
  createdAt: 0,
  tags: {},
};

/** @throws AwsError where there is no such workgroup. */
export function findWorkGroup(entries: Entries, place: Place, name = PRIMARY.name): WorkGroupEntry {
  const isName = name.length <= LONGEST_NAME && place.region.length <= LONGEST_NAME;
  const workGroup = isName ? entries.get<WorkGroupEntry>(workGroupKey(place, name)) : undefined;
  if (workGroup) return workGroup;
  if (name === PRIMARY.name) return PRIMARY;
  throw invalidRequest('WorkGroup is not found.');
}

export const createWorkGroup =
  ({ store, clock }: Athena): Operation<CreateWorkGroupCommandInput, CreateWorkGroupCommandOutput> =>
  async (input, context) => {
    const { Name: name, Description: description = '', Configuration: configuration = {} } = input;
    const tags = tagsOf(input.Tags);
    checkTags(tags);
    if (!/^[a-zA-Z0-9._-]{1,128}$/.test(name)) {
      throw invalidRequest(`The workgroup name ${name} is not valid.`);
    }
    checkConfiguration(configuration);
    await store.transaction(() => {
      if (name === PRIMARY.name || store.entries.get(workGroupKey(context, name))) {
        throw invalidRequest('WorkGroup is already created');
      }
      const workGroup: WorkGroupEntry = {
        name,
        description,
        state: 'ENABLED',
        configuration,
        createdAt: clock.now(),
        tags,
      };
      store.entries.put(workGroupKey(context, name), workGroup);
    });
    return {};
  };

export const getWorkGroup =
  ({ store }: Athena): Operation<GetWorkGroupCommandInput, GetWorkGroupCommandOutput> =>
  ({ WorkGroup: name }, context) => {
    const { configuration, description, state, createdAt } = findWorkGroup(store.entries, context, name);
    return {
      WorkGroup: {
        Name: name,
        State: state,
        ...(description !== '' && { Description: description }),
        CreationTime: new Date(createdAt),
        Configuration: {
          EnableMinimumEncryptionConfiguration: false,
          EnforceWorkGroupConfiguration: true,
          PublishCloudWatchMetricsEnabled: false,
          RequesterPaysEnabled: false,
          ...configuration,
          ResultConfiguration: configuration.ResultConfiguration ?? {},
          EngineVersion: { ...ENGINE_VERSION, ...selectedVersion(configuration) },
        },
      },
    };
  };

export const ENGINE_VERSION = {
  SelectedEngineVersion: 'AUTO',
  EffectiveEngineVersion: 'Athena engine version 3',
} as const;

const selectedVersion = ({
  EngineVersion: { SelectedEngineVersion } = {},
}: WorkGroupEntry['configuration']) => (SelectedEngineVersion === undefined ? {} : { SelectedEngineVersion });

export const listWorkGroups =
  ({ store }: Athena): Operation<ListWorkGroupsCommandInput, ListWorkGroupsCommandOutput> =>
  (input, context) => {
    const all = [...store.entries.list<WorkGroupEntry>(workGroupKey(context, '').slice(0, -1))];
    if (!all.some(({ name }) => name === PRIMARY.name)) all.push(PRIMARY);
    all.sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = pageOf(all, ({ name }) => name, pageRequest(input, { least: 1, most: 50 }));
    return {
      ...(page.next !== undefined && { NextToken: page.next }),
      WorkGroups: page.items.map(({ name, description, state, createdAt }) => ({
        Name: name,
        State: state,
        Description: description,
        CreationTime: new Date(createdAt),
        EngineVersion: ENGINE_VERSION,
      })),
    };
  };

export const deleteWorkGroup =
  ({ store }: Athena): Operation<DeleteWorkGroupCommandInput, DeleteWorkGroupCommandOutput> =>
  async ({ WorkGroup: name, RecursiveDeleteOption: isRecursive }, context) => {
    if (name === PRIMARY.name) throw invalidRequest('The primary workgroup cannot be deleted.');
    const queries = namedQueriesOf(context, name);
    await store.transaction(() => {
      findWorkGroup(store.entries, context, name);
      const executions = [...store.entries.list<HistoryEntry>(historyOf(context, name))];
      const named = [...store.entries.list<NamedQueryEntry>(queries)];
      const prepared = [...store.entries.list<PreparedStatementEntry>(preparedStatementsOf(context, name))];
      if (executions.length + named.length + prepared.length > 0 && !isRecursive) {
        throw invalidRequest(`WorkGroup ${name} is not empty`);
      }
      for (const execution of executions) removeExecution(store.entries, execution);
      for (const query of named) removeNamedQuery(store.entries, context, query);
      for (const { name: statement } of prepared) {
        store.entries.remove(preparedStatementKey(context, name, statement));
      }
      store.entries.remove(workGroupKey(context, name));
    });
    return {};
  };
