import { describe, expect, it } from 'vitest';
import { inOrder } from '../../../local/provision/order.js';
import { stackOf } from './stack.js';

const orderOf = async (root: Record<string, unknown>) =>
  inOrder(await stackOf(root)).map(({ address }) => address);

describe('inOrder', () => {
  it('puts a resource after those that it refers to, wherever in it that is', async () => {
    const resource = {
      aws_a: { x: { nested: [{ text: 'to ${aws_b.y-1.arn}' }] } },
      aws_b: { 'y-1': { name: '${lower(aws_c.z.name)}' } },
      aws_c: { z: {} },
    };
    expect(await orderOf({ resource })).toEqual(['aws_c.z', 'aws_b.y-1', 'aws_a.x']);
  });

  it('puts a resource after those that it depends on, and that its locals refer to', async () => {
    const resource = {
      aws_a: { x: { depends_on: ['aws_b.y'] } },
      aws_b: { y: { name: '${local.n}' } },
      aws_c: { z: {} },
    };
    expect(await orderOf({ resource, locals: { n: '${aws_c.z.name}' } })).toEqual([
      'aws_c.z',
      'aws_b.y',
      'aws_a.x',
    ]);
  });

  it('refuses two resources that need each other, naming one', async () => {
    const resource = { aws_a: { x: { n: '${aws_b.y.n}' } }, aws_b: { y: { n: '${aws_a.x.n}' } } };
    await expect(orderOf({ resource })).rejects.toThrow('aws_a.x: depends on itself');
  });
});
