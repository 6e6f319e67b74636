import type { ListEngineVersionsCommandInput, ListEngineVersionsCommandOutput } from '@aws-sdk/client-athena';
import type { Operation } from '../wire/operation.js';
import { ENGINE_VERSION } from './workgroups.js';

/** The engines that a workgroup can choose. */
export const listEngineVersions =
  (): Operation<ListEngineVersionsCommandInput, ListEngineVersionsCommandOutput> => () => {
    const { EffectiveEngineVersion: version } = ENGINE_VERSION;
    return {
      EngineVersions: [ENGINE_VERSION, { SelectedEngineVersion: version, EffectiveEngineVersion: version }],
    };
  };
