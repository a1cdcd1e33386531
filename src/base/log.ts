import { pino } from 'pino';

export type Logger = pino.Logger;

/**
 * A logger of JSON lines to stderr. What might hold a secret is cut out by field name, wherever it stands.
 * @param level `silent` turns it off
 */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'token',
          'authorization',
          'cookie',
          'env',
          'headers',
          '*.token',
          '*.authorization',
          '*.env',
          '*.headers',
        ],
        censor: '[redacted]',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
