import { App } from 'cdktf';
import { loadSettings, SettingsError } from '../settings/index.js';
import { InvalidConstructError } from '../stacks/invalid-construct-error.js';
import { BootstrapStack } from './bootstrap-stack.js';

/** Writes the Terraform configuration of what a team needs before its first lakehouse. */
try {
  const settings = loadSettings();
  const app = new App({ stackTraces: false });
  new BootstrapStack(app, 'lakehouse-bootstrap', { settings });
  app.synth();
} catch (error) {
  if (!(error instanceof SettingsError || error instanceof InvalidConstructError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
