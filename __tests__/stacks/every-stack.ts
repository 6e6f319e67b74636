import { Testing } from 'cdktf';
import { BootstrapStack } from '../../bootstrap/bootstrap-stack.js';
import { customers } from '../../datasets/index.js';
import { ENVIRONMENTS, type Settings } from '../../settings/index.js';
import { pageViews } from '../datasets/page-views.js';
import {
  appForTests,
  type Configuration,
  type Policy,
  type PolicyStatement,
  readable,
  settingsOf,
  synthesize,
  withEverything,
} from './synthesized.js';

/** Every stack that the project can make, by name: each environment as it is and with all that it can have. */
export function everyStack(): ReadonlyMap<string, Configuration> {
  const datasets = [customers, pageViews];
  return new Map([
    ...ENVIRONMENTS.flatMap((environment): [string, Configuration][] => [
      [environment, synthesize(settingsOf(environment), datasets)],
      [`${environment} with everything`, synthesize(withEverything(environment), datasets)],
    ]),
    ['bootstrap', bootstrap(settingsOf('dev'))],
    ['bootstrap with everything', bootstrap(withEverything('dev'))],
  ]);
}

export function bootstrap(settings: Settings): Configuration {
  return readable(
    Testing.synth(new BootstrapStack(appForTests(), 'lakehouse-bootstrap', { settings }), true),
  );
}

/** A statement of a policy, and where it stands. */
export interface PlacedStatement extends PolicyStatement {
  /** `type.name` of the resource that has the policy. */
  readonly address: string;
  readonly type: string;
}

/** Every statement of every policy in a stack, wherever it stands. */
export function statementsOf({ resource }: Configuration): readonly PlacedStatement[] {
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).flatMap(([name, properties]) =>
      Object.values(properties)
        .filter(isPolicy)
        .flatMap(({ Statement }) => Statement.map((each) => ({ ...each, type, address: `${type}.${name}` }))),
    ),
  );
}

function isPolicy(value: unknown): value is Policy {
  return typeof value === 'object' && value !== null && 'Statement' in value;
}
