import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { namesFor, type Settings } from '../settings/index.js';

/** A CDKTF app of the project: a folder with a `cdktf.json`, and the one stack that it synthesizes. */
export interface CdktfApp {
  /** The folder that the CDKTF command line runs in. */
  readonly folder: string;
  /** The app's program, as its `cdktf.json` runs it. */
  readonly program: string;
  /** The stack's name. */
  readonly stack: string;
  /** Whether its state lies where the settings say; if not, in a file in the folder. */
  readonly isStateShared: boolean;
}

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** The lakehouse of an environment. */
export function lakehouseApp(settings: Settings): CdktfApp {
  return {
    folder: PROJECT,
    program: 'main.ts',
    stack: namesFor(settings).prefix,
    isStateShared: settings.state.backend === 's3',
  };
}

/** What a team needs before the first lakehouse: where its state lies, and who may plan. */
export function bootstrapApp(): CdktfApp {
  return {
    folder: path.join(PROJECT, 'bootstrap'),
    program: 'main.ts',
    stack: 'lakehouse-bootstrap',
    isStateShared: false,
  };
}

/** Where the synthesized stack lies, which is where Terraform runs. */
export function stackFolder({ folder, stack }: CdktfApp): string {
  return path.join(folder, 'cdktf.out', 'stacks', stack);
}

/** The file in which CDKTF keeps the state of a stack that says nothing about it. */
export function stateFile({ folder, stack }: CdktfApp): string {
  return path.join(folder, `terraform.${stack}.tfstate`);
}
