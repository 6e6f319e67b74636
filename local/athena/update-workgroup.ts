import type { UpdateWorkGroupCommandInput, UpdateWorkGroupCommandOutput } from '@aws-sdk/client-athena';
import type { Operation } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { checkConfiguration, updateConfiguration } from './workgroup-configuration.js';
import { findWorkGroup, type WorkGroupEntry, workGroupKey } from './workgroups.js';

/** Changes a workgroup for the queries that start from then on. The primary one can be changed too. */
export const updateWorkGroup =
  ({ store }: Athena): Operation<UpdateWorkGroupCommandInput, UpdateWorkGroupCommandOutput> =>
  async ({ WorkGroup: name, Description, State, ConfigurationUpdates: updates = {} }, context) => {
    await store.transaction(() => {
      const workGroup = findWorkGroup(store.entries, context, name);
      const configuration = updateConfiguration(workGroup.configuration, updates);
      checkConfiguration(configuration);
      const changed: WorkGroupEntry = {
        ...workGroup,
        description: Description ?? workGroup.description,
        state: State ?? workGroup.state,
        configuration,
      };
      store.entries.put(workGroupKey(context, name), changed);
    });
    return {};
  };
