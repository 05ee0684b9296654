import type { IncomingMessage } from 'node:http';

/** Where a request came from, as far as the connection itself tells. */
export type Sender = {
  /** Of the other end of the connection. */
  readonly address: string;
  /** From this machine to this machine, and no proxy says that it stands between. */
  readonly isLocal: boolean;
  /** The proxy in front says that its client came by https. */
  readonly isEncrypted: boolean;
};

const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;
const LOOPBACK_ADDRESS = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/i;
const FORWARDED = /^(?:forwarded|x-forwarded-.+|x-real-ip|via)$/;

/** Whether a host name, without its port, names the machine itself. */
export function isLoopbackName(host: string): boolean {
  return LOOPBACK_NAME.test(host);
}

export function senderOf(req: IncomingMessage): Sender {
  const address = req.socket.remoteAddress ?? '';
  const host = (req.headers.host ?? '').replace(/:\d+$/, '');
  const isLocal =
    LOOPBACK_ADDRESS.test(address) &&
    isLoopbackName(host) &&
    !Object.keys(req.headers).some((name) => FORWARDED.test(name));
  return { address, isLocal, isEncrypted: req.headers['x-forwarded-proto'] === 'https' };
}
