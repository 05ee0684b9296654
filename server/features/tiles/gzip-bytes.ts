import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** Tiles are packed once, when they are made; only the rare caller without gzip has them unpacked. */
export const packed = promisify<Buffer | Uint8Array, Buffer>(gzip);
export const unpacked = promisify<Buffer, Buffer>(gunzip);
