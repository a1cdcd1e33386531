import { SecretMask, secretsOf } from '../../runtime/output/secret-mask.ts';
import { HARMLESS_NAMES, USUAL_NAMES } from './environment.ts';
import { fitsPattern } from './name-patterns.ts';

const PLAIN_NAMES = [...USUAL_NAMES, ...HARMLESS_NAMES, 'NODE_ENV', 'CI', 'DEBUG'];

/**
 * What must not be told of one call: secrets of the server's own environment, known by their names, and whatever the
 * call sets itself, except under names that never hold a secret.
 */
export const maskFor = (
  environment: Readonly<Record<string, string | undefined>>,
  ofCall: Readonly<Record<string, string>>,
): SecretMask =>
  new SecretMask([
    ...secretsOf(environment),
    ...secretsOf(ofCall, (name) => !fitsPattern(name, PLAIN_NAMES)),
  ]);
