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

  it('stays text, whatever the organization and the server are called', () => {
    const records = {
      kind: 'storage',
      written: 1,
      organization: '<b>@octo</b>',
      page: 'https://a"><script>/orgs/octo/artifacts',
    } as const;
    expect(recordBlock({ records }).join()).not.toMatch(/<script>|<b>@/);
  });
});
