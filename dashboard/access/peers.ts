import { BlockList, isIP, isIPv6 } from 'node:net';
import { BadInput } from '../../catalog/problem/bad-input.ts';

/** Whether an address is one of several. */
export type Peers = (address: string | undefined) => boolean;

/**
 * @param texts addresses and networks: `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
 * @throws BadInput for what is neither.
 */
export function readPeers(texts: readonly string[]): Peers {
  const list = new BlockList();
  for (const text of texts) add(list, text);
  // An IPv4 address that reaches a socket of IPv6 is written ::ffff:10.0.0.1; the list knows that.
  return (address) =>
    address !== undefined &&
    isIP(address) !== 0 &&
    list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function add(list: BlockList, text: string): void {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const longest = family === 'ipv6' ? 128 : 32;
  const isNetwork = bits !== undefined && /^\d{1,3}$/.test(bits) && Number(bits) <= longest;
  if (isIP(address) === 0 || more.length > 0 || (bits !== undefined && !isNetwork)) {
    throw new BadInput(
      `expected an address or a network, got "${text}". Try --trusted-peer 10.0.0.0/8`,
    );
  }
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
}
