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
import { pageOf } from '../glue/page.js';
import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import type { Athena } from './athena.js';

/** A workgroup as the store keeps it. */
export interface WorkGroupEntry {
  readonly name: string;
  readonly description: string;
  readonly configuration: Checked<WorkGroupConfiguration>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

interface Place {
  readonly account: string;
  readonly region: string;
}

const workGroupKey = ({ account, region }: Place, name: string) =>
  ['workgroup', account, region, name] as const;

/** Every account has it in every region, and cannot delete it. */
const PRIMARY: WorkGroupEntry = { name: 'primary', description: '', configuration: {}, createdAt: 0 };

/** @throws AwsError where there is no such workgroup. */
export function findWorkGroup(entries: Entries, place: Place, name = PRIMARY.name): WorkGroupEntry {
  const workGroup = entries.get<WorkGroupEntry>(workGroupKey(place, name));
  if (workGroup) return workGroup;
  if (name === PRIMARY.name) return PRIMARY;
  throw new AwsError('InvalidRequestException', `WorkGroup ${name} is not found.`);
}

export const createWorkGroup =
  ({ store, clock }: Athena): Operation<CreateWorkGroupCommandInput, CreateWorkGroupCommandOutput> =>
  async (input, context) => {
    const { Name: name, Description: description = '', Configuration: configuration = {} } = input;
    refuse(input, 'Tags');
    if (!/^[a-zA-Z0-9._-]{1,128}$/.test(name)) {
      throw new AwsError('InvalidRequestException', `The workgroup name ${name} is not valid.`);
    }
    checkConfiguration(configuration);
    await store.transaction(() => {
      if (name === PRIMARY.name || store.entries.get(workGroupKey(context, name))) {
        throw new AwsError('InvalidRequestException', 'WorkGroup is already created');
      }
      const workGroup: WorkGroupEntry = { name, description, configuration, createdAt: clock.now() };
      store.entries.put(workGroupKey(context, name), workGroup);
    });
    return {};
  };

/** Athena takes no smaller cutoff: 10 MB. */
const LEAST_CUTOFF_BYTES = 10_000_000;

function checkConfiguration(configuration: Checked<WorkGroupConfiguration>): void {
  const { BytesScannedCutoffPerQuery: cutoff, ResultConfiguration: result } = configuration;
  if (cutoff !== undefined && cutoff < LEAST_CUTOFF_BYTES) {
    throw new AwsError(
      'InvalidRequestException',
      `BytesScannedCutoffPerQuery must be ${LEAST_CUTOFF_BYTES} or more.`,
    );
  }
  const location = result?.OutputLocation;
  if (location !== undefined && !/^s3:\/\/[^/]+(\/|$)/.test(location)) {
    throw new AwsError('InvalidRequestException', `outputLocation is not a valid S3 path: ${location}`);
  }
}

export const getWorkGroup =
  ({ store }: Athena): Operation<GetWorkGroupCommandInput, GetWorkGroupCommandOutput> =>
  ({ WorkGroup: name }, context) => {
    const { configuration, description, createdAt } = findWorkGroup(store.entries, context, name);
    return {
      WorkGroup: {
        Name: name,
        State: 'ENABLED',
        Description: description,
        CreationTime: new Date(createdAt),
        Configuration: {
          EnforceWorkGroupConfiguration: name !== PRIMARY.name,
          PublishCloudWatchMetricsEnabled: false,
          RequesterPaysEnabled: false,
          ...configuration,
          ResultConfiguration: configuration.ResultConfiguration ?? {},
          EngineVersion: ENGINE_VERSION,
        },
      },
    };
  };

export const ENGINE_VERSION = {
  SelectedEngineVersion: 'AUTO',
  EffectiveEngineVersion: 'Athena engine version 3',
} as const;

export const listWorkGroups =
  ({ store }: Athena): Operation<ListWorkGroupsCommandInput, ListWorkGroupsCommandOutput> =>
  (input, context) => {
    const page = pageOf<WorkGroupEntry>(store.entries, workGroupKey(context, '').slice(0, -1), {
      ...input,
      nameOf: ({ name }) => name,
    });
    const first = input.NextToken === undefined ? [PRIMARY] : [];
    return {
      ...page.token,
      WorkGroups: [...first, ...page.items].map(({ name, description, createdAt }) => ({
        Name: name,
        State: 'ENABLED',
        Description: description,
        CreationTime: new Date(createdAt),
        EngineVersion: ENGINE_VERSION,
      })),
    };
  };

export const deleteWorkGroup =
  ({ store }: Athena): Operation<DeleteWorkGroupCommandInput, DeleteWorkGroupCommandOutput> =>
  async ({ WorkGroup: name, RecursiveDeleteOption: isRecursive }, context) => {
    if (name === PRIMARY.name)
      throw new AwsError('InvalidRequestException', 'The primary workgroup cannot be deleted.');
    const history = ['history', context.account, context.region, name];
    await store.transaction(() => {
      findWorkGroup(store.entries, context, name);
      const executions = [...store.entries.list<{ order: number; id: string }>(history)];
      if (executions.length > 0 && !isRecursive) {
        throw new AwsError('InvalidRequestException', `WorkGroup ${name} is not empty`);
      }
      for (const { order, id } of executions) {
        store.entries.remove([...history, order]);
        store.entries.remove(['execution', context.account, context.region, id]);
      }
      store.entries.remove(workGroupKey(context, name));
    });
    return {};
  };
