import { isIP } from 'node:net';
import type { Request } from 'express';

/** Where a request came from, as far as the connection and the proxies that are trusted tell. */
export type Sender = {
  /** Of the other end of the connection; where that is a trusted proxy, of whoever it names. */
  readonly address: string;
  /** From this machine to this machine, and no proxy says that it stands between. */
  readonly isLocal: boolean;
  /** A trusted proxy says that its client came by https. */
  readonly isEncrypted: boolean;
};

const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;
const LOOPBACK_ADDRESS = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/i;
const FORWARDED = /^(?:forwarded|x-forwarded-.+|x-real-ip|via)$/;

/** Whether a host name, without its port, names the machine itself. */
export function isLoopbackName(host: string): boolean {
  return LOOPBACK_NAME.test(host);
}

export function senderOf(req: Request): Sender {
  const peer = req.socket.remoteAddress ?? '';
  const host = (req.headers.host ?? '').replace(/:\d+$/, '');
  const isLocal =
    LOOPBACK_ADDRESS.test(peer) &&
    isLoopbackName(host) &&
    !Object.keys(req.headers).some((name) => FORWARDED.test(name));
  const trusts = req.app.get('trust proxy fn') as Trusts;
  return {
    // A proxy that passes on what it was sent could name anything.
    address: isIP(req.ip ?? '') === 0 ? peer : (req.ip ?? peer),
    isLocal,
    isEncrypted: req.headers['x-forwarded-proto'] === 'https' && trusts(peer, 0),
  };
}

/** Express's own: whether TRUSTED_PROXIES has the address. */
type Trusts = (address: string, hop: number) => boolean;
