import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
import { Construct } from 'constructs';
import type { Account } from './account.js';
import { policyDocument, type ResourceStatement, type Statement } from './policy-document.js';

/** What a key is made from. */
export interface KeyProps {
  /** The account that owns the key. */
  readonly account: Account;
  /** The key's readable name, with `alias/` in front. */
  readonly alias: string;
  /** What the key is for, in a sentence. */
  readonly description: string;
  /** The services through which people and roles of the account, as far as IAM lets them, use the key. */
  readonly through: readonly KeyService[];
  /**
   * The log groups that CloudWatch Logs may encrypt with the key: a name, with `*` for any.
   * @default - none
   */
  readonly logGroups?: string;
  /**
   * The services that publish to topics which are encrypted with the key.
   * @default - none
   */
  readonly publishers?: readonly Publisher[];
}

/** A service that uses the key with the permissions of who calls it. */
export type KeyService = 'athena' | 'kinesis' | 's3';

/** A service that publishes to a topic by itself: alarms and budgets. */
export type Publisher = 'cloudwatch' | 'budgets';

/**
 * The key that everything of a lakehouse is encrypted with. AWS renews its material every year.
 *
 * Its policy lets the account administer it, but not use it by that; it is used by the services that encrypt with it,
 * and through them by whom IAM lets.
 *
 * @example
 * const key = new Key(this, 'key', {
 *   account, alias: 'alias/lake', description: 'The lake.', through: ['kinesis', 's3'], logGroups: '/lake/*',
 * });
 */
export class Key extends Construct {
  readonly arn: string;
  private readonly region: string;

  constructor(scope: Construct, id: string, props: KeyProps) {
    super(scope, id);
    const { account, alias, description, through, logGroups, publishers = [] } = props;
    const key = new KmsKey(this, 'Default', {
      description,
      enableKeyRotation: true,
      policy: policyDocument([
        administerStatement(account),
        useThroughStatement(account, through),
        ...(logGroups === undefined ? [] : [logsStatement(account, logGroups)]),
        ...publishers.map((publisher) => publishStatement(account, publisher)),
      ]),
    });
    new KmsAlias(this, 'alias', { name: alias, targetKeyId: key.keyId });
    this.arn = key.arn;
    this.region = account.region;
  }

  /**
   * The permission to read and write what is encrypted with this key, through `services` only. Who writes needs
   * GenerateDataKey besides Decrypt.
   */
  useStatement(services: readonly KeyService[]): Statement {
    return {
      sid: 'UseKey',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [this.arn],
      conditions: { StringEquals: { 'kms:ViaService': through(this.region, services) } },
    };
  }
}

/** In a key's policy the key itself is called `*`. */
const THIS_KEY = ['*'];

const through = (region: string, services: readonly KeyService[]) =>
  services.map((service) => `${service}.${region}.amazonaws.com`);

/**
 * Leaves it to IAM who in the account looks after the key. Without it nobody could ever change the key or its policy
 * again. None of it encrypts or decrypts.
 */
function administerStatement(account: Account): ResourceStatement {
  return {
    sid: 'AccountAdministers',
    principals: { AWS: account.rootArn },
    actions: [
      'kms:CancelKeyDeletion',
      'kms:CreateAlias',
      'kms:DeleteAlias',
      'kms:DescribeKey',
      'kms:DisableKey',
      'kms:DisableKeyRotation',
      'kms:EnableKey',
      'kms:EnableKeyRotation',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListGrants',
      'kms:ListKeyPolicies',
      'kms:ListResourceTags',
      'kms:PutKeyPolicy',
      'kms:RevokeGrant',
      'kms:ScheduleKeyDeletion',
      'kms:TagResource',
      'kms:UntagResource',
      'kms:UpdateAlias',
      'kms:UpdateKeyDescription',
    ],
    resources: THIS_KEY,
  };
}

/** The stack's roles, producers, redrivers and analysts, each as far as a policy of their own says so. */
function useThroughStatement(account: Account, services: readonly KeyService[]): ResourceStatement {
  return {
    sid: 'UseThroughServices',
    principals: { AWS: account.rootArn },
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: THIS_KEY,
    conditions: { StringEquals: { 'kms:ViaService': through(account.region, services) } },
  };
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function logsStatement(account: Account, logGroups: string): ResourceStatement {
  return {
    sid: 'LogsEncrypt',
    principals: { Service: `logs.${account.region}.amazonaws.com` },
    actions: [
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:DescribeKey',
    ],
    resources: THIS_KEY,
    conditions: {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': account.arn('logs', `log-group:${logGroups}`) },
    },
  };
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
function publishStatement(account: Account, publisher: Publisher): ResourceStatement {
  return {
    sid: publisher === 'cloudwatch' ? 'AlarmsPublish' : 'BudgetsPublish',
    principals: { Service: `${publisher}.amazonaws.com` },
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: THIS_KEY,
    conditions: { StringEquals: { 'aws:SourceAccount': account.id } },
  };
}
