import { describe, expect, it } from 'vitest';
import { recordBlock } from '../../src/report/findings/records.ts';

describe('the line about records', () => {
  it('is missing if nothing was recorded', () => {
    expect(recordBlock({})).toEqual([]);
  });

  it('counts them, and has no link if the page is unknown', () => {
    const records = { kind: 'deployment', written: 2, organization: 'octo', page: undefined } as const;
    expect(recordBlock({ records })).toEqual([
      '<p>🗂️ <b>Recorded on GitHub</b>: 2 deployment records of <code>octo</code>.</p>',
    ]);
  });

  it.each([
    'https://github.com',
    'http://localhost:8080',
    'https://team.ghe.com',
    'https://github.example-1.com:8443',
  ])('links to the page on %s', (server) => {
    const page = `${server}/orgs/octo-org/artifacts`;
    const records = { kind: 'storage', written: 1, organization: 'octo-org', page } as const;
    expect(recordBlock({ records }).join()).toContain(`<a href="${page}">linked artifacts</a>`);
  });

  it.each([
    '',
    'javascript:alert(1)/orgs/octo/artifacts',
    'https://a"><script>/orgs/octo/artifacts',
    'https://a@b.example/orgs/octo/artifacts',
    'https://github.com/orgs/../artifacts',
    'https://github.com/orgs/octo/artifacts\n',
    'https://github.com/orgs/octo/artifacts?x',
  ])('has no link to "%s", and stays text', (page) => {
    const records = { kind: 'storage', written: 1, organization: '<b>@octo</b>', page } as const;
    expect(recordBlock({ records })).toEqual([
      '<p>🗂️ <b>Recorded on GitHub</b>: 1 storage record of <code>&lt;b&gt;@octo&lt;/b&gt;</code>.</p>',
    ]);
  });
});
