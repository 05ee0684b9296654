import { isIPv4, isIPv6 } from 'node:net';

/** Groups of an IPv6 address that a household or office shares: a /64. */
const NETWORK_GROUPS = 4;

/**
 * Who counts as one caller among the addresses: an IPv4 address, also where it is written as IPv6, or a whole /64 of
 * IPv6, which one household or office has to itself.
 */
export function callerNetwork(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address.split('%')[0] ?? '');
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return groups.slice(6).flatMap(bytesOf).join('.');
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

/** The eight numbers of an IPv6 address, however it is shortened. */
function groupsOf(address: string): readonly number[] {
  const [head = [], tail] = address.split('::').map(partGroups);
  if (tail === undefined) return head;
  const zeros = Math.max(0, 8 - head.length - tail.length);
  return [...head, ...Array.from({ length: zeros }, () => 0), ...tail];
}

function partGroups(part: string): readonly number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!isIPv4(group)) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function bytesOf(group: number): readonly number[] {
  return [group >> 8, group & 0xff];
}
