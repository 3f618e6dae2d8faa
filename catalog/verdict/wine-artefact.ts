import type { Observation } from '../evidence/schema.ts';
import type { Signature } from '../writeup/schema.ts';
import type { RunVerdict } from './run-verdict.ts';
import { showsSignature } from './signature.ts';

type Message = Pick<Signature, 'template' | 'near'>;

/** What Wine 8 does to a program and Windows does not, by the message that the program dies with. */
export const wineArtefacts: readonly (Message & { readonly because: string })[] = [
  {
    template: "Fatal Python error: init_sys_streams: can't initialize sys standard streams",
    near: ['OSError: [WinError 6] {message}'],
    because: 'its standard handles were no pipes',
  },
  {
    template: 'Error: open EBADF',
    near: ['at new Socket (node:net{place})'],
    because: 'Node cannot print into a pipe',
  },
  {
    template: 'OSError: [WinError 10042] {message}',
    near: [],
    because: 'it lacks TCP_KEEPIDLE, which it claims to have as Windows 10',
  },
  {
    template: 'wine: Unimplemented function {name} called at address {address}',
    near: [],
    because: 'it lacks that function',
  },
  {
    template: 'wine: failed to map the shared user data: {status}',
    near: [],
    because: 'by chance the kernel had put something where Windows has its shared data',
  },
];

/** A run that shows an artefact of Wine says nothing about Windows, whatever else it shows. */
export function judgeWineArtefact(observation: Observation): RunVerdict | undefined {
  const artefact = wineArtefacts.find((message) => showsSignature(observation, message));
  if (artefact === undefined) return undefined;
  const reason = `an artefact of Wine, not of Windows: ${artefact.because} ("${artefact.template}")`;
  return { holds: 'unclear', outcome: 'unclear', reason };
}
