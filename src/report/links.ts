/** Where a vulnerability is described; only for an id of a form that cannot lead anywhere else. */
export function advisoryUrl(id: string): string | undefined {
  if (/^CVE-\d{4}-\d{4,12}$/.test(id)) return `https://nvd.nist.gov/vuln/detail/${id}`;
  if (/^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/.test(id)) return `https://github.com/advisories/${id}`;
  return undefined;
}
