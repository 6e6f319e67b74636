import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { afterAll } from 'vitest';
import { datasets as all, type Dataset } from '../../datasets/index.js';
import { datasetQueries, loadNamedQueries } from '../../queries/index.js';
import { type Environment, loadSettings, namesFor, type Settings } from '../../settings/index.js';
import { LakehouseStack } from '../../stacks/lakehouse-stack.js';

/** What the tests look at, as Terraform's JSON has it. */
export interface Configuration {
  readonly provider: { readonly aws: readonly Properties[] };
  readonly resource: Readonly<Record<string, Readonly<Record<string, Properties>>>>;
  readonly output: Readonly<Record<string, { readonly value: unknown }>>;
  readonly terraform: Properties;
}

export type Properties = Readonly<Record<string, unknown>>;

/** A policy, read back from its JSON text. */
export interface Policy {
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: string;
    readonly Action: readonly string[];
    readonly Resource?: readonly string[];
    readonly Principal?: Readonly<Record<string, string>>;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }[];
}

/** One of its statements. */
export type PolicyStatement = Policy['Statement'][number];

/** The settings of an environment, whatever variables this machine has. */
export function settingsOf(environment: Environment): Settings {
  return loadSettings({ LAKEHOUSE_ENV: environment });
}

/** The settings of an environment with all that is off by default: the budget, the e-mail, the alarm of silence. */
export function withEverything(environment: Environment): Settings {
  const monitoring = {
    email: 'somebody@example.com',
    silenceMinutes: 30,
    budget: { monthlyDollars: 100, alertPercent: 80 },
  };
  return { ...settingsOf(environment), repository: 'owner/name', monitoring };
}

/** An app whose folder goes with the tests: they take the configuration from the stack. */
export function appForTests() {
  return Testing.app({ outdir });
}

const outdir = mkdtempSync(join(tmpdir(), 'lakehouse-synth-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** A stack's Terraform configuration as Terraform reads it: with the policies as text. */
export function synthesizedFile(
  settings: Settings,
  datasets: readonly Dataset[] = all,
): Readonly<Record<string, unknown>> {
  return JSON.parse(textOf(settings, datasets));
}

function textOf(settings: Settings, datasets: readonly Dataset[]): string {
  const props = { settings, datasets, queries: [...loadNamedQueries(), ...datasets.flatMap(datasetQueries)] };
  return Testing.synth(new LakehouseStack(appForTests(), namesFor(settings).prefix, props), true);
}

/** A stack's Terraform configuration, with the policies in it as objects, so that they can be read. */
export function synthesize(settings: Settings, datasets: readonly Dataset[] = all): Configuration {
  return readable(textOf(settings, datasets));
}

/** A stack's Terraform configuration from its text, with the policies and the dashboard in it as objects. */
export function readable(text: string): Configuration {
  return JSON.parse(text, (name, value) =>
    /(policy|dashboard_body)$/.test(name) && typeof value === 'string' ? JSON.parse(value) : value,
  );
}

/** The resources of a type, without their names in the stack. */
export function resourcesOf({ resource }: Configuration, type: string): readonly Properties[] {
  return Object.values(resource[type] ?? {});
}

/** The policies in the resources of a type. */
export function policiesOf(
  configuration: Configuration,
  type: string,
  property = 'policy',
): readonly Policy[] {
  return resourcesOf(configuration, type).map((resource) => resource[property] as Policy);
}
