import {
  BatchGetNamedQueryCommand,
  CreateNamedQueryCommand,
  type CreateNamedQueryCommandInput,
  CreateWorkGroupCommand,
  DeleteNamedQueryCommand,
  GetNamedQueryCommand,
  ListNamedQueriesCommand,
  UpdateNamedQueryCommand,
} from '@aws-sdk/client-athena';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Clients, localAwsForTest } from '../running-local-aws.js';

let athena: Clients['athena'];
beforeEach(async () => {
  ({ athena } = (await localAwsForTest()).clients);
  await athena.send(new CreateWorkGroupCommand({ Name: 'w' }));
});

const query = { Name: 'q', Description: 'Q', Database: 'd', QueryString: 'SELECT 1', WorkGroup: 'w' };
async function create(rest: Partial<CreateNamedQueryCommandInput> = {}): Promise<string> {
  const { NamedQueryId = '' } = await athena.send(new CreateNamedQueryCommand({ ...query, ...rest }));
  return NamedQueryId;
}
const get = async (NamedQueryId: string) =>
  (await athena.send(new GetNamedQueryCommand({ NamedQueryId }))).NamedQuery;

describe('a named query', () => {
  it('is given back as it was described', async () => {
    const id = await create();
    expect(await get(id)).toEqual({ ...query, NamedQueryId: id });
    const { Description, WorkGroup, ...least } = query;
    const other = (await athena.send(new CreateNamedQueryCommand(least))).NamedQueryId ?? '';
    expect(await get(other)).toEqual({ ...least, NamedQueryId: other, WorkGroup: 'primary' });
  });

  it('becomes what it is updated to', async () => {
    const id = await create();
    await athena.send(new UpdateNamedQueryCommand({ NamedQueryId: id, Name: 'r', QueryString: 'SELECT 2' }));
    expect(await get(id)).toEqual({ ...query, Name: 'r', QueryString: 'SELECT 2', NamedQueryId: id });
  });

  it('is made once by a request that is sent twice', async () => {
    const ClientRequestToken = 'a-token-of-at-least-thirty-two-characters';
    const id = await create({ ClientRequestToken });
    expect(await create({ ClientRequestToken })).toBe(id);
    await athena.send(new DeleteNamedQueryCommand({ NamedQueryId: id }));
    expect(await create({ ClientRequestToken })).not.toBe(id);
  });

  it('is gone once it is deleted', async () => {
    const id = await create();
    await athena.send(new DeleteNamedQueryCommand({ NamedQueryId: id }));
    await expect(get(id)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: `NamedQuery ${id} does not exist`,
    });
    const { NamedQueryIds } = await athena.send(new ListNamedQueriesCommand({ WorkGroup: 'w' }));
    expect(NamedQueryIds).toEqual([]);
  });

  it('needs a workgroup that is there, a name and a text', async () => {
    for (const wrong of [{ WorkGroup: 'none' }, { Name: '' }, { QueryString: '' }]) {
      await expect(create(wrong)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    }
  });
});

describe('named queries', () => {
  it('are listed by workgroup, in pages', async () => {
    const ids = [];
    for (let count = 0; count < 5; count++) ids.push(await create());
    await create({ WorkGroup: 'primary' });
    const first = await athena.send(new ListNamedQueriesCommand({ WorkGroup: 'w', MaxResults: 3 }));
    const rest = await athena.send(
      new ListNamedQueriesCommand({ WorkGroup: 'w', NextToken: first.NextToken }),
    );
    expect([...(first.NamedQueryIds ?? []), ...(rest.NamedQueryIds ?? [])].sort()).toEqual(ids.sort());
    expect(rest.NextToken).toBeUndefined();
  });

  it('are got many at once, with those that are not there apart', async () => {
    const ids = [await create(), await create({ Name: 'r' })];
    const answer = await athena.send(new BatchGetNamedQueryCommand({ NamedQueryIds: [...ids, 'none'] }));
    expect(answer.NamedQueries?.map(({ Name }) => Name)).toEqual(['q', 'r']);
    expect(answer.UnprocessedNamedQueryIds).toEqual([
      { NamedQueryId: 'none', ErrorCode: 'INVALID_INPUT', ErrorMessage: 'NamedQuery none does not exist' },
    ]);
  });
});
