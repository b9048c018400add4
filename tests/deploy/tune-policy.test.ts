import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './read-template.ts';

const PLATFORM = join(ROOT, 'lib/node/platform');
const SOURCES = readdirSync(PLATFORM).map((name) => readFileSync(join(PLATFORM, name), 'utf8'));

/** Prefixes of permissions, by the SDK's client. */
const SERVICES: Readonly<Record<string, string>> = {
  lambda: 'lambda',
  sqs: 'sqs',
  'cloudwatch-logs': 'logs',
};
/** Where a permission is not named like the command. */
const OTHER_NAMES: Readonly<Record<string, string>> = { 'lambda:Invoke': 'lambda:InvokeFunction' };

/** What the code calls: commands and paginators that it imports from the SDK. */
function permissionsOfCode(): string[] {
  const found = SOURCES.flatMap((source) =>
    [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(
      ([, names = '', client = '']) =>
        [...names.matchAll(/\b(?:(\w+)Command|paginate(\w+))\b(?!Output)/g)].map(
          ([, command, pages]) => `${SERVICES[client] ?? client}:${command ?? pages}`,
        ),
    ),
  );
  const used = found.filter((name) => !name.startsWith('cloudwatch:'));
  return [...new Set(used.map((name) => OTHER_NAMES[name] ?? name))].sort();
}

/** What the code says in its errors that is lacking. */
function permissionsInErrors(): string[] {
  const found = SOURCES.flatMap(
    (source) => source.match(/(?<=')(lambda|sqs|logs):\w+(?=')/g) ?? [],
  );
  return [...new Set(found)].sort();
}

function permissionsInDocs(): string[] {
  const page = readFileSync(join(ROOT, 'docs/deploy-aws.md'), 'utf8');
  const [, policy = ''] = /## Tune it.*?```json\n(.*?)```/s.exec(page) ?? [];
  const { Statement } = JSON.parse(policy) as {
    Statement: readonly { readonly Action: string | readonly string[] }[];
  };
  return Statement.flatMap(({ Action }) => Action).sort();
}

it('the policy for tuning allows what the control calls, and nothing else', () => {
  expect(permissionsOfCode().length).toBeGreaterThan(15);
  expect(permissionsInDocs()).toEqual(permissionsOfCode());
});

it('errors name the permissions of the policy', () => {
  expect(permissionsInErrors()).toEqual(permissionsInDocs());
});
