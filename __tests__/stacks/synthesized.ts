import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { afterAll } from 'vitest';
import { datasets as all, type Dataset } from '../../datasets/index.js';
import { type Environment, loadSettings, namesFor, type Settings } from '../../settings/index.js';
import { LakehouseStack } from '../../stacks/lakehouse-stack.js';

/** What the tests look at, as Terraform's JSON has it. */
export interface Configuration {
  readonly provider: { readonly aws: readonly Properties[] };
  readonly resource: Readonly<Record<string, Readonly<Record<string, Properties>>>>;
  readonly output: Readonly<Record<string, { readonly value: unknown }>>;
}

export type Properties = Readonly<Record<string, unknown>>;

/** A policy, read back from its JSON text. */
export interface Policy {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: readonly string[];
    readonly Resource?: readonly string[];
    readonly Principal?: Readonly<Record<string, string>>;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }[];
}

/** The settings of an environment, whatever variables this machine has. */
export function settingsOf(environment: Environment): Settings {
  return loadSettings({ LAKEHOUSE_ENV: environment });
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
  const stack = new LakehouseStack(appForTests(), namesFor(settings).prefix, { settings, datasets });
  return JSON.parse(Testing.synth(stack, true));
}

/** A stack's Terraform configuration, with the policies in it as objects, so that they can be read. */
export function synthesize(settings: Settings, datasets: readonly Dataset[] = all): Configuration {
  const stack = new LakehouseStack(appForTests(), namesFor(settings).prefix, { settings, datasets });
  return JSON.parse(Testing.synth(stack, true), (name, value) =>
    /policy$/.test(name) && typeof value === 'string' ? JSON.parse(value) : value,
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
