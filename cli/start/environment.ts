/** What the board's badge says of where the jobs live. The password stays out of it. */
export function environmentOf(brokerUrl: string | undefined): string {
  if (brokerUrl === undefined) return 'embedded PostgreSQL';
  const { protocol, host } = new URL(brokerUrl);
  return `${protocol.startsWith('redis') ? 'Redis' : 'PostgreSQL'} at ${host}`;
}
