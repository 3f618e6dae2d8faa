import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { NotRun } from '../../not-run.ts';
import { runBounded } from '../../sweep/run-bounded.ts';
import type { Workspace } from '../../sweep/workspace.ts';
import type { Place } from '../places/place.ts';
import type { Directives } from './directives.ts';

export interface Certificates {
  /** The certificate that the servers' own is signed with: a PEM file of this machine. */
  readonly authority: string;
  /** Have a server speak TLS, to clients and to its like. */
  readonly directives: Directives;
}

/**
 * Makes certificates for the servers of a place, valid for a day, by OpenSSL: Node makes none.
 *
 * @throws NotRun where there is no OpenSSL.
 */
export async function certificatesIn(place: Place, workspace: Workspace): Promise<Certificates> {
  const folder = await workspace.makeWorkFolder();
  const file = (name: string) => path.join(folder, name);
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '1'];
  const authority = file('ca.pem');
  await openssl(workspace, ['req', '-x509', ...key, '-subj', '/CN=poolproof test authority'], {
    keyout: file('ca.key'),
    out: authority,
  });
  await openssl(
    workspace,
    [
      ...['req', '-x509', ...key, '-subj', '/CN=localhost', '-CA', authority],
      ...['-CAkey', file('ca.key'), '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-addext', 'basicConstraints=critical,CA:FALSE'],
    ],
    { keyout: file('server.key'), out: file('server.pem') },
  );
  const inside = await place.makeFolder('tls');
  const [ca, certificate, privateKey] = await Promise.all(
    ['ca.pem', 'server.pem', 'server.key'].map(async (name) =>
      place.writeFile(inside, name, await readFile(file(name), 'utf8')),
    ),
  );
  return {
    authority,
    directives: {
      'tls-ca-cert-file': `${ca}`,
      'tls-cert-file': `${certificate}`,
      'tls-key-file': `${privateKey}`,
      'tls-auth-clients': 'no',
      'tls-replication': 'yes',
      'tls-cluster': 'yes',
    },
  };
}

async function openssl(
  workspace: Workspace,
  args: readonly string[],
  { keyout, out }: { keyout: string; out: string },
): Promise<void> {
  const all = [...args, '-keyout', keyout, '-out', out];
  const { how, stderr } = await runBounded('openssl', all, { deadlineMs: 30_000, workspace });
  if (how === 'missing') {
    throw new NotRun(
      'TLS needs a certificate, and making one openssl (Debian: apt-get install openssl)',
    );
  }
  if (how !== 'well') throw new Error(`openssl made no certificate: ${stderr}`);
}
