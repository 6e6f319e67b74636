import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

let sns: RunningLocalAws['clients']['sns'];
beforeAll(async () => {
  const aws = await runLocalAws();
  sns = aws.clients.sns;
  return () => aws.end();
});

const NOT_FOUND = { name: 'NotFoundException', $metadata: { httpStatusCode: 404 } };
async function createTopic(Name: string, more: object = {}): Promise<string> {
  return (await sns.send(new CreateTopicCommand({ Name, ...more }))).TopicArn ?? '';
}
const attributesOf = async (TopicArn: string) =>
  (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes;

describe('a topic', () => {
  it('is given back as it was made', async () => {
    const attributes = { DisplayName: 'Alarms & <more>', KmsMasterKeyId: 'alias/lake' };
    const TopicArn = await createTopic('alarms', {
      Attributes: attributes,
      Tags: [{ Key: 'a', Value: '1' }],
    });
    expect(TopicArn).toBe('arn:aws:sns:us-east-1:000000000000:alarms');
    const found = await attributesOf(TopicArn);
    expect(found).toMatchObject({
      ...attributes,
      TopicArn,
      Owner: '000000000000',
      SubscriptionsPending: '0',
    });
    expect(JSON.parse(found?.Policy ?? '').Statement[0].Resource).toBe(TopicArn);
  });

  it('is made once: again is the same, and another under its name is refused', async () => {
    const same = { Tags: [{ Key: 'a', Value: '1' }], Attributes: { DisplayName: 'x' } };
    expect(await createTopic('once', same)).toBe(await createTopic('once', same));
    await expect(createTopic('once', { ...same, Tags: [] })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('different tags'),
    });
    await expect(createTopic('a b')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('changes in place', async () => {
    const TopicArn = await createTopic('changing', { Attributes: { KmsMasterKeyId: 'k' } });
    const set = (AttributeName: string, AttributeValue: string) =>
      sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
    await set('Policy', '{"Id":"mine"}');
    await set('KmsMasterKeyId', '');
    const attributes = await attributesOf(TopicArn);
    expect(attributes).toMatchObject({ Policy: '{"Id":"mine"}' });
    expect(attributes).not.toHaveProperty('KmsMasterKeyId');
    await expect(set('Colour', 'red')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('keeps tags', async () => {
    const ResourceArn = await createTopic('tagged', { Tags: [{ Key: 'a', Value: '1' }] });
    await sns.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'b', Value: '2' }] }));
    await sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
    const { Tags } = await sns.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
  });

  it('can be deleted twice, and is gone after the first time', async () => {
    const TopicArn = await createTopic('short');
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    await expect(attributesOf(TopicArn)).rejects.toMatchObject(NOT_FOUND);
    const { Topics } = await sns.send(new ListTopicsCommand({}));
    expect(Topics).not.toContainEqual({ TopicArn });
  });

  it('sends nothing, and says so', async () => {
    const publish = new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:000000000000:x', Message: 'm' });
    await expect(sns.send(publish)).rejects.toMatchObject({
      message: 'Local AWS does not implement sns:Publish.',
    });
  });
});

describe('a subscription', () => {
  const subscribe = (TopicArn: string, Protocol: string, Endpoint: string, more: object = {}) =>
    sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, ...more }));
  const find = async (SubscriptionArn = '') =>
    (await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes;

  it('by e-mail stays pending, and goes with its topic', async () => {
    const TopicArn = await createTopic('mail');
    const first = await subscribe(TopicArn, 'email', 'ops@example.com');
    expect(first.SubscriptionArn).toBe('pending confirmation');
    const { SubscriptionArn } = await subscribe(TopicArn, 'email', 'ops@example.com', {
      ReturnSubscriptionArn: true,
    });
    expect(SubscriptionArn).toMatch(new RegExp(`^${TopicArn}:[0-9a-f-]{36}$`));
    expect(await find(SubscriptionArn)).toMatchObject({
      Protocol: 'email',
      Endpoint: 'ops@example.com',
      PendingConfirmation: 'true',
      ConfirmationWasAuthenticated: 'false',
    });
    expect(await attributesOf(TopicArn)).toMatchObject({ SubscriptionsPending: '1' });
    const list = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(list.Subscriptions).toMatchObject([{ SubscriptionArn: 'PendingConfirmation' }]);
    await expect(sns.send(new UnsubscribeCommand({ SubscriptionArn }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('Cannot unsubscribe a subscription that is pending confirmation'),
    });
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    await expect(find(SubscriptionArn)).rejects.toMatchObject(NOT_FOUND);
  });

  it('of a queue is confirmed at once, and keeps its attributes', async () => {
    const TopicArn = await createTopic('queue');
    const { SubscriptionArn } = await subscribe(TopicArn, 'sqs', 'arn:aws:sqs:us-east-1:000000000000:q', {
      Attributes: { RawMessageDelivery: 'true', FilterPolicy: '{"a":["b"]}' },
    });
    expect(await find(SubscriptionArn)).toMatchObject({
      PendingConfirmation: 'false',
      RawMessageDelivery: 'true',
      FilterPolicy: '{"a":["b"]}',
      FilterPolicyScope: 'MessageAttributes',
    });
    const noFilter = { SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: '{}' };
    await sns.send(new SetSubscriptionAttributesCommand(noFilter));
    expect(await find(SubscriptionArn)).not.toHaveProperty('FilterPolicy');
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    await expect(find(SubscriptionArn)).rejects.toMatchObject(NOT_FOUND);
  });

  it.each([
    ['email', 'nobody', 'InvalidParameterException'],
    ['pigeon', 'x', 'InvalidParameterException'],
  ])('by %s to %s is refused', async (protocol, endpoint, name) => {
    const TopicArn = await createTopic('refusing');
    await expect(subscribe(TopicArn, protocol, endpoint)).rejects.toMatchObject({ name });
  });

  it('of a topic that is not there is refused', async () => {
    const TopicArn = 'arn:aws:sns:us-east-1:000000000000:none';
    await expect(subscribe(TopicArn, 'email', 'a@b.c')).rejects.toMatchObject(NOT_FOUND);
  });
});
