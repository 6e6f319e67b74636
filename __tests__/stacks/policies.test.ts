import { describe, expect, it } from 'vitest';
import { everyStack, type PlacedStatement, statementsOf } from './every-stack.js';

/** Where an action of `*` stands, and why. */
const ANY_ACTION: Readonly<Record<string, string>> = {
  'aws_s3_bucket_policy TlsOnly': 'It denies: whatever is asked over plain HTTP.',
};

/** Where a resource of `*` stands, and why. */
const ANY_RESOURCE: Readonly<Record<string, string>> = {
  'aws_kms_key AccountAdministers': "In a key's policy the key itself is called *.",
  'aws_kms_key UseThroughServices': "In a key's policy the key itself is called *.",
  'aws_kms_key LogsEncrypt': "In a key's policy the key itself is called *.",
  'aws_kms_key AlarmsPublish': "In a key's policy the key itself is called *.",
  'aws_kms_key BudgetsPublish': "In a key's policy the key itself is called *.",
  'aws_iam_role_policy LookAtWhatTakesNoName': 'AWS takes no ARN for these actions.',
};

/** Where a name in an ARN ends in `*`, beyond the objects under a folder, and why. */
const ANY_NAME: Readonly<Record<string, string>> = {
  'aws_s3_bucket_policy TlsOnly': 'It denies: every object of the bucket.',
  'aws_s3_bucket_policy AccessLogsOfThisAccount': 'S3 chooses the names of the logs.',
  'aws_iam_policy WriteResults':
    'Athena chooses the names of the results, and the bucket or the folder holds nothing else.',
  'aws_iam_policy ReadCatalog': 'People read the tables that others have made, whatever they are called.',
  'aws_iam_policy MakeTables':
    'People choose the names of their tables; LeaveDatasets denies it for those of the datasets.',
  'aws_iam_role_policy ReadStates': 'The states of all lakehouses of the account, which it plans.',
  'aws_iam_role_policy LookAt': 'All lakehouses of the account, which it plans, by their common prefix.',
};

const found = [...everyStack()].flatMap(([stack, configuration]) =>
  statementsOf(configuration).map((statement) => ({ stack, statement })),
);
const placeOf = ({ type, Sid }: PlacedStatement) => `${type} ${Sid}`;
const allows = (list: Readonly<Record<string, string>>, statement: PlacedStatement) =>
  Object.keys(list).some(
    (place) =>
      place === placeOf(statement) || (place.endsWith(' LookAt') && placeOf(statement).startsWith(place)),
  );

describe('every policy of every stack', () => {
  it('is looked at', () => {
    expect(found.length).toBeGreaterThan(150);
    expect(new Set(found.map(({ statement }) => statement.type))).toEqual(
      new Set([
        'aws_iam_policy',
        'aws_iam_role',
        'aws_iam_role_policy',
        'aws_kms_key',
        'aws_s3_bucket_policy',
        'aws_sns_topic',
      ]),
    );
  });

  it('allows named actions, of one service a statement at least, and none of *', () => {
    for (const { statement } of found) {
      if (allows(ANY_ACTION, statement)) expect(statement.Effect).toBe('Deny');
      else for (const action of statement.Action) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
    }
  });

  it('is about ARNs, and about * only where the list says why', () => {
    for (const { statement } of found) {
      const isTrust = statement.type === 'aws_iam_role';
      expect(statement.Resource === undefined, statement.address).toBe(isTrust);
      for (const resource of statement.Resource ?? []) {
        if (resource === '*') expect(placeOf(statement)).toSatisfy(() => allows(ANY_RESOURCE, statement));
        else expect(resource).toMatch(EXACT_ARN);
      }
    }
  });

  it('names what it is about to the end, but for the objects under a folder and where the list says why', () => {
    for (const { statement } of found) {
      for (const resource of statement.Resource ?? []) {
        if (resource === '*' || !resource.includes('*')) continue;
        const isFolder = /\.arn\}(\/[a-z][\w]*)+\/\*$/.test(resource);
        expect([placeOf(statement), isFolder || allows(ANY_NAME, statement)]).toEqual([
          placeOf(statement),
          true,
        ]);
      }
    }
  });

  it('lets in nobody who is not named: * stands only where it is kept out', () => {
    for (const { statement } of found) {
      for (const principal of Object.values(statement.Principal ?? {})) {
        if (principal === '*') expect(statement.Effect).toBe('Deny');
        else expect(principal).toMatch(/^(arn:.*:root|[a-z0-9.-]+\.amazonaws\.com|\$\{.*\.arn\})$/);
      }
    }
  });

  it('lets a service in only on behalf of this account', () => {
    for (const { statement } of found) {
      if (!statement.Principal?.Service) continue;
      const conditions = JSON.stringify(statement.Condition);
      expect(conditions).toContain('${data.aws_caller_identity.account.account_id}');
    }
  });

  it('has a reason in the lists for what is there, and none for what is not', () => {
    const places = new Set(found.map(({ statement }) => placeOf(statement)));
    for (const place of [ANY_ACTION, ANY_RESOURCE, ANY_NAME].flatMap(Object.keys)) {
      expect([...places].some((each) => each.startsWith(place))).toBe(true);
    }
  });
});

/** A reference to a resource's ARN, or an ARN spelt out, with something after it or not. */
const EXACT_ARN = /^(\$\{aws_[a-z0-9_]+\.[\w-]+\.arn\}|arn:\$\{[\w.-]+\}:[a-z0-9]+:[a-z0-9-]*:[^*:]*:.+)/;

describe('who sends events', () => {
  it('can put them on the streams, with the key, and nothing else', () => {
    const actions = found
      .filter(({ stack, statement }) => stack === 'dev' && statement.address.includes('access_producer'))
      .flatMap(({ statement }) => statement.Action);
    expect(actions.sort()).toEqual([
      'kinesis:DescribeStreamSummary',
      'kinesis:ListShards',
      'kinesis:PutRecord',
      'kinesis:PutRecords',
      'kms:GenerateDataKey',
    ]);
  });
});

describe('who sends failed records again', () => {
  const own = found.filter(
    ({ stack, statement }) => stack === 'dev' && statement.address.includes('access_redriver'),
  );
  it('reads failed and source records and marks, and no table', () => {
    const objects = own
      .filter(({ statement }) => statement.Action.includes('s3:GetObject'))
      .flatMap(({ statement }) => statement.Resource);
    expect(objects).toEqual(
      ['errors', 'source', 'redriven'].map((folder) => `\${aws_s3_bucket.data.arn}/${folder}/*`),
    );
  });

  it('writes events and marks, and nothing else', () => {
    const writing = own.filter(({ statement }) =>
      statement.Action.some((action) => /Put|Delete/.test(action)),
    );
    expect(writing.map(({ statement }) => [statement.Sid, statement.Resource?.length])).toEqual([
      ['PutRecords', 2],
      ['WriteObjects', 1],
    ]);
  });
});

describe('who queries', () => {
  const own = found.filter(
    ({ stack, statement }) => stack === 'dev' && statement.address.includes('access_analyst'),
  );
  it('reads the tables, and neither failed nor source records', () => {
    const objects = own
      .filter(({ statement }) => statement.Sid === 'ReadData')
      .flatMap(({ statement }) => statement.Resource);
    expect(objects).toEqual([
      '${aws_s3_bucket.data.arn}/customers/*',
      '${aws_s3_bucket.data.arn}/page_views/*',
      '${aws_s3_bucket.data.arn}/movements/tables/*',
    ]);
  });

  it('writes nothing but results', () => {
    const writing = own.filter(({ statement }) =>
      statement.Action.some((action) => /Put|Delete/.test(action)),
    );
    expect(writing.map(({ statement }) => statement.Resource)).toEqual([['${aws_s3_bucket.results.arn}/*']]);
  });
});

describe('who makes tables', () => {
  const own = found.filter(
    ({ stack, statement }) => stack === 'dev' && statement.address.includes('access_mover'),
  );
  const changing = (effect: string) =>
    own.filter(
      ({ statement: { Effect, Action } }) =>
        Effect === effect &&
        Action.some((action) => /:(Put|Create|Delete|Update|Batch(Create|Delete))/.test(action)),
    );

  it('writes under movements, in the catalog, and nowhere else', () => {
    expect(changing('Allow').map(({ statement: { Sid } }) => Sid)).toEqual([
      'MakeTables',
      'WriteResults',
      'RemoveObjects',
    ]);
    for (const sid of ['WriteResults', 'RemoveObjects']) {
      const { statement } = own.find((each) => each.statement.Sid === sid) ?? {};
      expect(statement?.Resource).toEqual(['${aws_s3_bucket.data.arn}/movements/*']);
    }
  });

  it("changes no dataset's table: that is denied, whatever else is allowed", () => {
    const [denied, ...others] = changing('Deny');
    expect(others).toEqual([]);
    const [allowed] = changing('Allow');
    expect(denied?.statement.Action).toEqual(allowed?.statement.Action);
    expect(denied?.statement.Resource).toHaveLength(2);
    for (const resource of denied?.statement.Resource ?? [])
      expect(resource).toMatch(/^\$\{aws_glue_catalog_table\..*\.arn\}$/);
  });

  it('runs statements in the workgroup of movements alone', () => {
    const queries = own.filter(({ statement }) => statement.Action.includes('athena:StartQueryExecution'));
    expect(queries.map(({ statement }) => statement.Resource)).toEqual([
      ['${aws_athena_workgroup.movements.arn}'],
    ]);
  });
});
