import { Construct } from 'constructs';
import type { Names, Settings } from '../settings/index.js';
import type { Account } from './account.js';
import { Alarm } from './alarm.js';
import { alarmRules } from './alarm-rules.js';
import { AlarmTopic } from './alarm-topic.js';
import { Budget } from './budget.js';
import { Dashboard, type ShownDataset } from './dashboard.js';
import type { Key, Publisher } from './key.js';

/** What is watched, and who is told. */
export interface MonitoringProps {
  readonly settings: Settings;
  readonly names: Names;
  readonly account: Account;
  /** The key that the messages are encrypted with. */
  readonly key: Key;
  /** For each dataset, whose metrics are watched. */
  readonly datasets: readonly ShownDataset[];
  /** The workgroups whose queries are shown. */
  readonly workgroups: readonly string[];
}

/**
 * What tells how the lakehouse is: a dashboard, alarms for each dataset, the topic that they go to, and a budget where
 * the settings have one.
 *
 * @example
 * new Monitoring(this, 'monitoring', { settings, names, account, key, datasets, workgroups: [workgroup.name] });
 */
export class Monitoring extends Construct {
  readonly topic: AlarmTopic;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { settings, names, account, key, datasets, workgroups } = props;
    const { email, budget } = settings.monitoring;
    this.topic = new AlarmTopic(this, 'topic', {
      name: names.alarmTopic,
      key,
      account,
      publishers: publishersOf(settings),
      email,
    });
    // A scope of their own, so that a dataset may be called `topic` or `dashboard`.
    const alarms = new Construct(this, 'alarms');
    const rules = alarmRules(settings);
    for (const dataset of datasets) {
      const own = new Construct(alarms, dataset.name);
      for (const rule of rules) {
        const name = names.alarm(dataset.name, rule.name);
        new Alarm(own, rule.name, { name, rule, watched: dataset[rule.of], topic: this.topic });
      }
    }
    new Dashboard(this, 'dashboard', {
      name: names.dashboard,
      region: settings.region,
      datasets,
      workgroups,
    });
    if (budget) new Budget(this, 'budget', { name: names.budget, topic: this.topic, ...budget });
  }
}

/** The services that publish to the topic: the key has to let them use it. */
export function publishersOf({ monitoring }: Settings): readonly Publisher[] {
  return monitoring.budget ? ['cloudwatch', 'budgets'] : ['cloudwatch'];
}
