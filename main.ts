import { App } from 'cdktf';
import { InvalidDatasetError } from './datasets/dataset.js';
import { datasetQueries, InvalidQueryError, loadNamedQueries } from './queries/index.js';
import { loadSettings, namesFor, SettingsError } from './settings/index.js';
import { InvalidConstructError } from './stacks/invalid-construct-error.js';
import { LakehouseStack } from './stacks/lakehouse-stack.js';

/** Writes the Terraform configuration of the environment that `LAKEHOUSE_ENV` names. */
async function synthesize(): Promise<void> {
  const settings = loadSettings();
  // A dataset is checked when its file is loaded, so that loading it belongs to what may fail.
  const { datasets } = await import('./datasets/index.js');
  // Traces of every construct would make the output large, and tell of this machine's folders.
  const app = new App({ stackTraces: false });
  const queries = [...loadNamedQueries(), ...datasets.flatMap(datasetQueries)];
  new LakehouseStack(app, namesFor(settings).prefix, { settings, datasets, queries });
  app.synth();
}

/** Faults of the configuration: whoever wrote it needs the line, not the stack trace. */
const CONFIGURATION_ERRORS = [SettingsError, InvalidDatasetError, InvalidQueryError, InvalidConstructError];

try {
  await synthesize();
} catch (error) {
  if (!CONFIGURATION_ERRORS.some((known) => error instanceof known)) throw error;
  console.error(String((error as Error).message));
  process.exitCode = 2;
}
