import { AppError } from '../../../base/errors.ts';
import type { Restart } from '../../api/contract/types.ts';
import { ask } from './ask.ts';
import type { Host } from './find-host.ts';

/** The account of a restart that nobody put away yet, or null; also from a host that keeps none. */
export async function loadRestart(host: Host): Promise<Restart | null> {
  try {
    return (await ask<Restart | null>(host, '/api/host/restart')).body;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}
