import { execa } from 'execa';
import { expect, test } from 'vitest';
import { useDatabase } from '../testing/database.ts';
import { startImportsServer } from '../testing/imports-server.ts';

const context = useDatabase();
/** `pip install schemathesis` into a virtual environment, and its program's path here. */
const program = process.env.SCHEMATHESIS ?? 'schemathesis';

async function whyNot(): Promise<string | undefined> {
  const { failed } = await execa(program, ['--version'], { reject: false });
  return failed
    ? 'no schemathesis on this machine: pip install schemathesis, or SCHEMATHESIS=path of the program'
    : undefined;
}
const reason = await whyNot();

test.skipIf(reason)(
  `what schemathesis makes up is answered as the document says, and never by 5xx${reason ? `: ${reason}` : ''}`,
  { timeout: 600_000 },
  async () => {
    await using server = await startImportsServer(context.url, context.url);
    const { exitCode, stdout } = await execa(
      program,
      [
        'run',
        `${server.url}/openapi.json`,
        ...['--phases', 'examples,coverage,fuzzing', '--max-examples', '10', '--seed', '1'],
        ...['--workers', '2', '--request-timeout', '30', '--continue-on-failure'],
        // No schema says which text is a file of trades.
        ...['--exclude-checks', 'positive_data_acceptance'],
      ],
      { reject: false },
    );
    expect(stdout).toMatch(/Tested: \d+/);
    expect([exitCode, stdout]).toEqual([0, stdout]);
    expect(server.errors).toEqual([]);
  },
);
