/** Two nights of a scheduled verify, for the picture of what its summary says has changed. */
import { delimiter } from 'node:path';
import { CATALOGUE, finding } from '../emulator/findings.ts';
import { ACCOUNT, HOST, image, KEY, LONG_AGO, REGION, scanned } from '../emulator/scenarios/build.ts';
import { startEmulator } from '../emulator/server.ts';
import { type ActionOptions, runAction } from './runner.ts';

const FINDINGS = {
  api: [CATALOGUE.lodashDefaults],
  web: [],
  worker: [CATALOGUE.log4shell, CATALOGUE.looneyTunables],
  tools: [],
};

/** Signed by the gate, allowed by an exception, newly blocked, signed too late, and deleted from the list. */
const EXCEPTION = `version: 1
exceptions:
  - id: ${CATALOGUE.lodashDefaults.id}
    reason: The server accepts no objects from users
    expires: {day:+9}
`;

/** The summary of the second night. */
export async function summaryOfSecondNight(cosign: string): Promise<string> {
  const emulator = await startEmulator({
    name: 'two-nights',
    description: 'Four images that a scheduled verify looks at.',
    account: ACCOUNT,
    region: REGION,
    keys: [KEY],
    repositories: Object.entries(FINDINGS).map(([name, found]) => ({
      name: `team/${name}`,
      images: [
        image(
          [
            scanned(
              found.map((one) => finding(one)),
              0,
              LONG_AGO,
            ),
          ],
          { name },
        ),
      ],
    })),
    images: [],
    files: { 'exceptions.yml': EXCEPTION },
  });
  const runs: { clean(): Promise<void> }[] = [];
  const step = async (action: ActionOptions['action'], names: readonly string[], inputs = {}) => {
    const run = await runAction({
      ...(action !== undefined && { action }),
      inputs: {
        image: names.map((name) => `${HOST}/team/${name}:1.4.2`).join('\n'),
        'signing-key': `awskms:///${emulator.kms.arn(KEY.id)}`,
        ...inputs,
      },
      files: emulator.files,
      env: { ...emulator.env(), PATH: [cosign, process.env.PATH].join(delimiter) },
    });
    runs.push(run);
    return run;
  };
  try {
    const passing = { 'fail-on': 'none' };
    await step('gate', ['api', 'worker', 'tools'], passing);
    const first = await step('verify', ['api', 'web', 'worker', 'tools'], passing);
    await step('gate', ['web'], passing);
    const { summary, log } = await step('verify', ['api', 'web', 'worker'], {
      exceptions: 'exceptions.yml',
      'baseline-report': first.outputs.report ?? '',
    });
    if (!summary.includes('Compared with the report of')) throw new Error(log);
    return summary;
  } finally {
    for (const run of runs) await run.clean();
    await emulator.close();
  }
}
